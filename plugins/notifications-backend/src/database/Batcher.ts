/** Something to be done together with others of its kind; none of a batch has the same key as another one of it. */
type Waiting<Item, Result> = {
  item: Item;
  key: string | null;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
};

/**
 * Gathers what comes while earlier work is under way, and does it together: while one batch is being committed the next one
 * fills. Alone, an item waits for nobody.
 */
export class Batcher<Item, Result> {
  readonly #work: (items: readonly Item[]) => Promise<Result[]>;
  readonly #keyOf: (item: Item) => string | null;
  readonly #sizeOf: (item: Item) => number;
  readonly #limit: number;
  readonly #isFaultOfOne: (error: unknown) => boolean;
  #waiting: Waiting<Item, Result>[] = [];
  #isWorking = false;

  /**
   * @param options - `work` does all of a batch or nothing of it, and answers for each in their order; `limit` is the size of a
   *   batch, to which an item adds 1 unless `sizeOf` says otherwise (one that is larger goes alone); `isFaultOfOne` says whether the others might succeed without the one at fault; two items with the same `keyOf` never share one
   */
  constructor(options: {
    work: (items: readonly Item[]) => Promise<Result[]>;
    keyOf: (item: Item) => string | null;
    sizeOf?: (item: Item) => number;
    limit: number;
    isFaultOfOne: (error: unknown) => boolean;
  }) {
    this.#work = options.work;
    this.#keyOf = options.keyOf;
    this.#sizeOf = options.sizeOf ?? (() => 1);
    this.#limit = options.limit;
    this.#isFaultOfOne = options.isFaultOfOne;
  }

  async do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, key: this.#keyOf(item), resolve, reject });
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    if (this.#isWorking) {
      return;
    }
    this.#isWorking = true;
    while (this.#waiting.length > 0) {
      await this.#settle(this.#take());
    }
    this.#isWorking = false;
  }

  #take(): Waiting<Item, Result>[] {
    const keys = new Set<string>();
    const batch: Waiting<Item, Result>[] = [];
    const later: Waiting<Item, Result>[] = [];
    let size = 0;
    for (const waiting of this.#waiting) {
      const { key, item } = waiting;
      const sizeWithIt = size + this.#sizeOf(item);
      const fits = batch.length === 0 || sizeWithIt <= this.#limit;
      if (fits && (key === null || !keys.has(key))) {
        batch.push(waiting);
        size = sizeWithIt;
      } else {
        later.push(waiting);
      }
      if (key !== null) {
        // Also where it has to wait: what comes after it must not overtake it.
        keys.add(key);
      }
    }
    this.#waiting = later;
    return batch;
  }

  async #settle(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#work(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => resolve(results[index]));
    } catch (error) {
      if (batch.length === 1 || !this.#isFaultOfOne(error)) {
        batch.forEach(({ reject }) => reject(error));
        return;
      }
      // One of them is at fault, and the others are not to suffer for it.
      for (const single of batch) {
        await this.#settle([single]);
      }
    }
  }
}
