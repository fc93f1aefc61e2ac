import { aNotification } from '../testing';
import { foldBursts, LONGEST_RUN } from './burst';

const many = (count: number, over = {}) =>
  Array.from({ length: count }, (_, index) =>
    aNotification(index + 1, {
      created: new Date(
        Date.parse('2026-11-22T08:00:00Z') + index * 1_000,
      ).toISOString(),
      ...over,
    }),
  );
const fresh = () => true;
const shape = (entries: ReturnType<typeof foldBursts>) =>
  entries.map(entry => (entry.kind === 'burst' ? entry.items.length : 1));

describe('foldBursts', () => {
  it('leaves a few messages as they are', () => {
    expect(shape(foldBursts(many(LONGEST_RUN), fresh))).toEqual(
      Array(LONGEST_RUN).fill(1),
    );
  });

  it('folds many of one origin and topic, in their order', () => {
    const items = many(12);
    const [burst, ...others] = foldBursts(items, fresh);
    expect(others).toEqual([]);
    expect(burst).toEqual({ kind: 'burst', items });
  });

  it.each([
    ['another origin', { origin: 'other' }],
    ['another topic', { topic: 'other' }],
    ['no topic', { topic: undefined }],
  ])('ends a burst at a message of %s', (_, over) => {
    const [first, ...rest] = many(13);
    const items = [
      ...rest.slice(0, 6),
      { ...first, ...over },
      ...rest.slice(6),
    ];
    expect(shape(foldBursts(items, fresh))).toEqual([6, 1, 6]);
  });

  it('ends a burst after ten minutes', () => {
    const items = many(30).map((item, index) => ({
      ...item,
      created: new Date(Date.UTC(2026, 10, 22, 8, index)).toISOString(),
    }));
    expect(shape(foldBursts(items, fresh))).toEqual([11, 11, 8]);
    expect(shape(foldBursts(items.reverse(), fresh))).toEqual([11, 11, 8]);
  });

  it('counts from when a message was sent again', () => {
    const items = many(6);
    items[0] = { ...items[0], updated: '2026-11-22T12:00:00.000Z' };
    expect(shape(foldBursts(items, fresh))).toEqual(Array(6).fill(1));
  });

  it('folds nothing that was read before it was seen', () => {
    const items = many(12);
    const isFresh = ({ id }: { id: string }) => id !== items[5].id;
    expect(shape(foldBursts(items, isFresh))).toEqual([...Array(6).fill(1), 6]);
  });

  it('keeps every message, once', () => {
    const items = [...many(7), ...many(3, { topic: 'x' }), ...many(9)].map(
      (item, index) => ({ ...item, id: String(index) }),
    );
    const all = foldBursts(items, fresh).flatMap(entry =>
      entry.kind === 'burst' ? entry.items : [entry.item],
    );
    expect(all).toEqual(items);
  });
});
