/** When to do something, counted from what made it necessary: from `soonest` to `latest`, in milliseconds. */
export type Pause = { soonest: number; latest: number };

/** What one person did concerns that person's browsers only. */
export const SOON: Pause = { soonest: 200, latest: 600 };
/** What everybody is sent must not make everybody ask at once. */
export const SPREAD: Pause = { soonest: 2_000, latest: 8_000 };

/** Something that is to be done once, however many reasons there are: at the earliest of the times that were drawn for them. */
export class Appointment {
  readonly #keep: () => void;
  readonly #random: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAt = Infinity;

  constructor(keep: () => void, random: () => number = Math.random) {
    this.#keep = keep;
    this.#random = random;
  }

  make({ soonest, latest }: Pause) {
    const pause = soonest + (latest - soonest) * this.#random();
    const dueAt = Date.now() + pause;
    if (dueAt < this.#dueAt) {
      clearTimeout(this.#timer);
      this.#dueAt = dueAt;
      this.#timer = setTimeout(() => {
        this.#dueAt = Infinity;
        this.#keep();
      }, pause);
    }
  }

  cancel() {
    clearTimeout(this.#timer);
    this.#dueAt = Infinity;
  }
}
