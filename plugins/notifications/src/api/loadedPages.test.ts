import { aNotification as message } from '../testing';
import {
  admitArrivals,
  arrivals,
  leavesGap,
  loadedItems,
  refreshLoaded,
  withRows,
  type LoadedPages,
} from './loadedPages';

const newestFirst: LoadedPages = {
  pages: [
    { items: [message(6), message(5), message(4)], nextCursor: 'four' },
    { items: [message(3), message(2)] },
  ],
  pageParams: [undefined, 'four'],
};
const numbers = (loaded: LoadedPages) =>
  loadedItems(loaded).map(({ title }) => Number(title.split(' ')[1]));
const everything = { order: 'newest', read: 'all' } as const;

describe('new messages', () => {
  it('go before all others, with every loaded page kept', () => {
    const live = {
      items: [message(8), message(7), message(6)],
      nextCursor: 'six',
    };
    expect(arrivals(newestFirst, live)).toHaveLength(2);
    const merged = admitArrivals(newestFirst, live, 'newest');
    expect(numbers(merged)).toEqual([8, 7, 6, 5, 4, 3, 2]);
    expect(merged.pages.at(-1)?.nextCursor).toBeUndefined();
  });

  it('go behind all others where the oldest stand first', () => {
    const loaded: LoadedPages = {
      pages: [
        { items: [message(1)], nextCursor: 'one' },
        { items: [message(2)] },
      ],
      pageParams: [undefined, 'one'],
    };
    const live = { items: [message(2), message(3)], nextCursor: 'three' };
    const merged = admitArrivals(loaded, live, 'oldest');
    expect(numbers(merged)).toEqual([1, 2, 3]);
    expect(merged.pages.at(-1)?.nextCursor).toBe('three');
  });

  it('stand where their time says, if a mark has brought them in', () => {
    const loaded: LoadedPages = {
      pages: [{ items: [message(5), message(2)], nextCursor: 'two' }],
      pageParams: [undefined],
    };
    const live = {
      items: [message(6), message(5), message(3), message(2)],
      nextCursor: 'two',
    };
    expect(numbers(admitArrivals(loaded, live, 'newest'))).toEqual([
      6, 5, 3, 2,
    ]);
  });

  it('begin the list anew where they leave a gap that nobody has loaded', () => {
    const live = {
      items: [message(20), message(19), message(18)],
      nextCursor: 'eighteen',
    };
    expect(leavesGap(newestFirst, live, 'newest')).toBe(true);
    expect(admitArrivals(newestFirst, live, 'newest')).toEqual({
      pages: [live],
      pageParams: [undefined],
    });
  });
});

describe('loaded rows', () => {
  const live = (...items: number[]) => ({
    items: items.map(number => message(number, { readByUser: true })),
    nextCursor: 'more',
  });

  it('take over what another tab marked', () => {
    const refreshed = loadedItems(
      refreshLoaded(newestFirst, live(6, 5, 4), everything),
    );
    expect(refreshed.map(({ readByUser }) => readByUser)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('go when their message was withdrawn', () => {
    expect(numbers(refreshLoaded(newestFirst, live(6, 4), everything))).toEqual(
      [6, 4, 3, 2],
    );
  });

  it('all go when nothing is left', () => {
    expect(
      numbers(refreshLoaded(newestFirst, { items: [] }, everything)),
    ).toEqual([]);
  });

  it('stay where they are, as read, when they leave the view of unread ones', () => {
    const unread = {
      items: [message(6), message(4)],
      nextCursor: 'four',
    };
    const refreshed = loadedItems(
      refreshLoaded(newestFirst, unread, { order: 'newest', read: 'unread' }),
    );
    expect(
      refreshed.map(({ title, readByUser }) => [title, readByUser]),
    ).toEqual([
      ['Message 6', false],
      ['Message 5', true],
      ['Message 4', false],
      ['Message 3', false],
      ['Message 2', false],
    ]);
  });
});

function pagesOf(...pages: number[][]): LoadedPages {
  return {
    pages: pages.map(ofPage => ({
      items: ofPage.map(number => message(number)),
    })),
    pageParams: pages.map((_, index) => (index ? String(index) : undefined)),
  };
}
const titles = (pages: LoadedPages) =>
  pages.pages.map(({ items }) => items.map(({ title }) => title.slice(8)));

describe('rows that are put in', () => {
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
      const before = pagesOf(...pages.map(page => [...page]));
      const after = withRows(before, [message(number)], order);
      expect(titles(after)).toEqual(expected);
      expect(after.pageParams).toEqual(before.pageParams);
    },
  );

  it('puts nothing in twice', () => {
    const before = pagesOf([3, 2, 1]);
    expect(withRows(before, [message(2)], 'newest')).toBe(before);
  });
});
