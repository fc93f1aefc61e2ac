import fc from 'fast-check';
import { SortedRefs } from './SortedRefs';

describe('refs in order', () => {
  it('have what a set has of them, and no more', () => {
    const ref = fc.oneof(
      fc.constantFrom('*', 'group:default/a', 'group:default/b', 'user:x/é'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(ref), fc.array(ref), (refs, others) => {
        const set = new Set(refs);
        const sorted = new SortedRefs(refs);

        expect(sorted.size).toBe(set.size);
        for (const other of [...refs, ...others]) {
          expect(sorted.has(other)).toBe(set.has(other));
        }
      }),
    );
  });
});
