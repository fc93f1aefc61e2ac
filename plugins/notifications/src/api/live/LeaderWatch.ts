import type { PageLife } from './PageLife';

export type LeaderTimings = {
  /** For how long a leader may say nothing before it is asked whether it is there. */
  leaderSilence: number;
  /** How long it may take to answer before another leads. */
  leaderAnswer: number;
};

export type LeaderWatchOptions = {
  timings: LeaderTimings;
  page: Pick<PageLife, 'isVisible'>;
  /** Whether there is another tab that leads, or should. */
  isThere: () => boolean;
  onAsk: () => void;
  onLost: () => void;
};

/** Whether the tab that leads still does: one that says nothing for long is asked, and where it does not answer it is lost. */
export class LeaderWatch {
  readonly #options: LeaderWatchOptions;
  #isDue: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LeaderWatchOptions) {
    this.#options = options;
  }

  /** Only who sees the tab misses anything; a tab that nobody sees lets its leader be. */
  ask() {
    const { timings, isThere, onAsk, onLost } = this.#options;
    this.stop();
    if (isThere()) {
      onAsk();
      this.#afterwards(timings.leaderAnswer, onLost);
    }
  }

  /** It has said something. */
  heard() {
    this.stop();
    this.#afterwards(this.#options.timings.leaderSilence, () => this.ask());
  }

  stop() {
    clearTimeout(this.#isDue);
  }

  #afterwards(pause: number, act: () => void) {
    this.#isDue = setTimeout(() => {
      if (this.#options.page.isVisible()) {
        act();
      }
    }, pause);
  }
}
