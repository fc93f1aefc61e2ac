import type { Notification } from '@herald/backstage-plugin-notifications-common';

/** Messages of one origin that came in quick succession, the newest last. */
export type Burst = {
  origin: string;
  messages: readonly [Notification, ...Notification[]];
};

/** Something on the screen that can be taken away. */
export type Shown = { close(): void };

type Timer = ReturnType<typeof setTimeout>;

type Entry = {
  messages: Map<string, Notification>;
  shown?: Shown;
  quiet?: Timer;
  pace?: Timer;
};

/** A burst is over when nothing has come for so long; milliseconds. */
const QUIET = 10_000;
/** How often what is shown of a burst changes at the most. */
const PACE = 1_000;
/** Of how many it is known what is on the screen. */
const REMEMBERED = 50;

/**
 * Shows messages as they come, but those of one origin that come in quick succession as one. The first is shown at once; what follows
 * takes its place.
 */
export class Bursts {
  readonly #show: (burst: Burst) => Shown | undefined;
  readonly #entries = new Set<Entry>();
  readonly #open = new Map<string, Entry>();

  /** @param show - puts a burst on the screen */
  constructor(show: (burst: Burst) => Shown | undefined) {
    this.#show = show;
  }

  add(message: Notification) {
    const { id, origin } = message;
    const entry = this.#open.get(origin) ?? this.#begin(origin);
    // One that is sent again is the newest.
    entry.messages.delete(id);
    entry.messages.set(id, message);
    clearTimeout(entry.quiet);
    entry.quiet = setTimeout(() => this.#open.delete(origin), QUIET);
    if (entry.pace === undefined) {
      this.#draw(origin, entry);
      entry.pace = setTimeout(() => {
        entry.pace = undefined;
        if (entry.messages.size > 1) {
          this.#draw(origin, entry);
        }
      }, PACE);
    }
  }

  /** They need no attention any more. What is shown goes once this is so of all of it. */
  remove(ids: readonly string[]) {
    for (const entry of [...this.#entries]) {
      ids.forEach(id => entry.messages.delete(id));
      if (entry.messages.size === 0) {
        this.#forget(entry);
      }
    }
  }

  /** Takes everything away. */
  clear() {
    [...this.#entries].forEach(entry => this.#forget(entry));
  }

  #begin(origin: string): Entry {
    const entry: Entry = { messages: new Map() };
    this.#open.set(origin, entry);
    this.#entries.add(entry);
    const [oldest] = this.#entries;
    if (this.#entries.size > REMEMBERED) {
      this.#entries.delete(oldest);
    }
    return entry;
  }

  #draw(origin: string, entry: Entry) {
    const [first, ...rest] = entry.messages.values();
    if (first) {
      entry.shown?.close();
      entry.shown = this.#show({ origin, messages: [first, ...rest] });
    }
  }

  #forget(entry: Entry) {
    clearTimeout(entry.quiet);
    clearTimeout(entry.pace);
    entry.shown?.close();
    this.#entries.delete(entry);
    this.#open.forEach((open, origin) => {
      if (open === entry) {
        this.#open.delete(origin);
      }
    });
  }
}
