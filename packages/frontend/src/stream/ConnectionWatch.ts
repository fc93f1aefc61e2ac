/** Gives up on a connection on which nothing has come for too long. */
export class ConnectionWatch {
  readonly #patience: () => number;
  readonly #giveUp: () => void;
  #heardAt = Date.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasGivenUp = false;

  /** @param patience - how many milliseconds of silence are too many */
  constructor(patience: () => number, giveUp: () => void) {
    this.#patience = patience;
    this.#giveUp = giveUp;
    this.heard();
  }

  heard() {
    this.#heardAt = Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), this.#patience());
  }

  /** By the clock on the wall: timers stand still while a computer sleeps. */
  look() {
    if (Date.now() - this.#heardAt > this.#patience()) {
      this.#end();
    }
  }

  stop() {
    clearTimeout(this.#timer);
  }

  get hasGivenUp() {
    return this.#hasGivenUp;
  }

  #end() {
    this.#hasGivenUp = true;
    this.#giveUp();
  }
}
