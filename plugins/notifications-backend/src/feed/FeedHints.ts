import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { randomUUID } from 'node:crypto';

const TOPIC = 'herald.notifications.feed';

/**
 * Tells every process that the feed has grown: this one at once, the others through the host's events. Best effort, and it says
 * nothing but "look now": the truth is in the database.
 */
export class FeedHints {
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #look: () => void;
  #isPublishing = false;
  #publishAgain = false;

  constructor(options: {
    events: EventsService;
    logger: LoggerService;
    look: () => void;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
    this.#look = options.look;
  }

  async subscribe(): Promise<void> {
    await this.#events.subscribe({
      // Subscribers with one id share the events between them; every process needs every hint.
      id: `herald-notifications-feed-${randomUUID()}`,
      topics: [TOPIC],
      onEvent: async () => this.#look(),
    });
  }

  /** Never throws and never waits; hints that come while one is under way become one. */
  feedHasGrown = (): void => {
    this.#look();
    if (this.#isPublishing) {
      this.#publishAgain = true;
      return;
    }
    this.#isPublishing = true;
    this.#events
      .publish({ topic: TOPIC, eventPayload: {} })
      .catch(error =>
        this.#logger.debug(`A hint could not be published: ${error}`),
      )
      .finally(() => {
        this.#isPublishing = false;
        if (this.#publishAgain) {
          this.#publishAgain = false;
          this.feedHasGrown();
        }
      });
  };
}
