import { loadedItems, type LoadedPages } from '../api/loadedPages';
import { aNotification } from '../testing';
import { withChange } from './changedRows';

it('leaves rows that do not change the same', () => {
  const before: LoadedPages = {
    pages: [{ items: [aNotification(2), aNotification(1)] }],
    pageParams: [undefined],
  };
  const [first, second] = loadedItems(before);
  const after = loadedItems(
    withChange(before, item =>
      item.id === first.id ? { ...item, saved: true } : item,
    ),
  );
  expect(after[0].saved).toBe(true);
  expect(after[1]).toBe(second);
});
