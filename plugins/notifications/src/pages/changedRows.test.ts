import { loadedItems, type LoadedPages } from '../api/loadedPages';
import { aNotification } from '../testing';
import { withChange, withRestored } from './changedRows';

function loaded(...pages: number[][]): LoadedPages {
  return {
    pages: pages.map(numbers => ({
      items: numbers.map(number => aNotification(number)),
    })),
    pageParams: pages.map((_, index) => (index ? String(index) : undefined)),
  };
}
const titles = (pages: LoadedPages) =>
  pages.pages.map(({ items }) => items.map(({ title }) => title.slice(8)));

describe('withRestored', () => {
  it.each([
    [
      'newest',
      [
        [6, 5],
        [4, 1],
      ],
      3,
      [
        ['6', '5'],
        ['4', '3', '1'],
      ],
    ],
    [
      'newest',
      [
        [6, 5],
        [4, 1],
      ],
      7,
      [
        ['7', '6', '5'],
        ['4', '1'],
      ],
    ],
    [
      'newest',
      [
        [6, 5],
        [4, 2],
      ],
      1,
      [
        ['6', '5'],
        ['4', '2', '1'],
      ],
    ],
    [
      'oldest',
      [
        [1, 2],
        [4, 5],
      ],
      3,
      [
        ['1', '2'],
        ['3', '4', '5'],
      ],
    ],
    ['oldest', [[1, 2]], 9, [['1', '2', '9']]],
    ['newest', [[]], 1, [['1']]],
  ] as const)(
    '%s first, %j: puts %i back',
    (order, pages, number, expected) => {
      const before = loaded(...pages.map(page => [...page]));
      const after = withRestored(before, [aNotification(number)], order);
      expect(titles(after)).toEqual(expected);
      expect(after.pageParams).toEqual(before.pageParams);
    },
  );

  it('puts nothing in twice', () => {
    const before = loaded([3, 2, 1]);
    expect(withRestored(before, [aNotification(2)], 'newest')).toBe(before);
  });
});

it('leaves rows that do not change the same', () => {
  const before = loaded([2, 1]);
  const [first, second] = loadedItems(before);
  const after = loadedItems(
    withChange(before, item =>
      item.id === first.id ? { ...item, saved: true } : item,
    ),
  );
  expect(after[0].saved).toBe(true);
  expect(after[1]).toBe(second);
});
