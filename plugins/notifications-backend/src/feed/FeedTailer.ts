import { LoggerService } from '@backstage/backend-plugin-api';
import { Telemetry } from '../Telemetry';
import { Feed, FeedEntry } from './Feed';

const ENTRIES_PER_READ = 500;

export type FeedListener = (entry: FeedEntry) => void;

/**
 * Reads the feed once for all listeners of this process. A hint makes it look at once; it looks every `pollMs` anyway, so that a
 * lost hint loses nothing. It reads only while somebody listens.
 */
export class FeedTailer {
  readonly #feed: Feed;
  readonly #logger: LoggerService;
  readonly #pollMs: number;
  readonly #telemetry: Pick<Telemetry, 'handedOut'>;
  readonly #listeners = new Set<FeedListener>();
  #position: Promise<number> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #lookAgain = false;

  constructor(options: {
    feed: Feed;
    logger: LoggerService;
    pollMs: number;
    telemetry: Pick<Telemetry, 'handedOut'>;
  }) {
    this.#feed = options.feed;
    this.#logger = options.logger;
    this.#pollMs = options.pollMs;
    this.#telemetry = options.telemetry;
  }

  /**
   * Tells the listener of every entry that is committed after this promise has resolved, and perhaps of some from just before.
   *
   * @returns how to stop listening
   */
  async listen(listener: FeedListener): Promise<() => void> {
    this.#listeners.add(listener);
    try {
      this.#position ??= this.#feed.head().then(({ seq }) => seq);
      await this.#position;
    } catch (error) {
      this.#stopListening(listener);
      this.#position = undefined;
      throw error;
    }
    this.#timer ??= setInterval(() => this.look(), this.#pollMs);
    return () => this.#stopListening(listener);
  }

  /** Looks whether there is something new. Many calls while it looks cause one more look. */
  look(): void {
    if (!this.#position || this.#listeners.size === 0) {
      return;
    }
    if (this.#reading) {
      this.#lookAgain = true;
      return;
    }
    this.#reading = this.#readOn()
      .catch(error =>
        this.#logger.warn(`The notifications feed could not be read: ${error}`),
      )
      .finally(() => {
        this.#reading = undefined;
        if (this.#lookAgain) {
          this.#lookAgain = false;
          this.look();
        }
      });
  }

  #stopListening(listener: FeedListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#position = undefined;
    }
  }

  #tell(entry: FeedEntry): void {
    for (const listener of this.#listeners) {
      try {
        listener(entry);
      } catch (error) {
        // One that fails must not cost the others this entry.
        this.#logger.error(
          `A listener to the notifications feed failed: ${error}`,
        );
      }
    }
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const started = this.#position;
      if (!started) {
        return;
      }
      const entries = await this.#feed.readAfter(
        await started,
        ENTRIES_PER_READ,
      );
      // Everybody may have left meanwhile, and others come: then this read is of the past.
      if (this.#position !== started || entries.length === 0) {
        return;
      }
      for (const entry of entries) {
        this.#position = Promise.resolve(entry.seq);
        this.#tell(entry);
        this.#telemetry.handedOut(entry.at, new Date());
      }
      if (entries.length < ENTRIES_PER_READ) {
        return;
      }
    }
  }
}
