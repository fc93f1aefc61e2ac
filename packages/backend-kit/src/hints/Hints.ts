import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { randomUUID } from 'node:crypto';

/**
 * Tells every process that something in the database has changed: this one at once, the others through the host's events. Best effort,
 * and it says nothing but "look now": the truth is in the database.
 *
 * @public
 */
export class Hints {
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #topic: string;
  #look: () => void = () => {};
  #isPublishing = false;
  #publishAgain = false;

  /** @param options.topic - of the host's events, such as `herald.notifications.feed` */
  constructor(options: {
    events: EventsService;
    logger: LoggerService;
    topic: string;
  }) {
    this.#events = options.events;
    this.#logger = options.logger;
    this.#topic = options.topic;
  }

  /**
   * Hears the hints from here on.
   *
   * @param look - called for each hint, of this process or another
   */
  async subscribe(look: () => void): Promise<void> {
    this.#look = look;
    await this.#events.subscribe({
      // Subscribers with one id share the events between them; every process needs every hint.
      id: `${this.#topic.replaceAll('.', '-')}-${randomUUID()}`,
      topics: [this.#topic],
      onEvent: async () => look(),
    });
  }

  /** Never throws and never waits; hints that come while one is under way become one. */
  give = (): void => {
    this.#look();
    if (this.#isPublishing) {
      this.#publishAgain = true;
      return;
    }
    this.#isPublishing = true;
    this.#events
      .publish({ topic: this.#topic, eventPayload: {} })
      .catch(error =>
        this.#logger.debug(`A hint could not be published: ${error}`),
      )
      .finally(() => {
        this.#isPublishing = false;
        if (this.#publishAgain) {
          this.#publishAgain = false;
          this.give();
        }
      });
  };
}
