import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { randomUUID } from 'node:crypto';

const TOPIC = 'herald.manual-publish.jobs';

/**
 * Tells every process that jobs have changed: this one at once, the others through the host's events. Best effort, and it says nothing
 * but "look now": the truth is in the database. Hints that come while one is under way become one.
 */
export class JobHints {
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  #look: () => void = () => {};
  #isPublishing = false;
  #publishAgain = false;

  constructor(options: { events: EventsService; logger: LoggerService }) {
    this.#events = options.events;
    this.#logger = options.logger;
  }

  async subscribe(look: () => void): Promise<void> {
    this.#look = look;
    await this.#events.subscribe({
      // Subscribers with one id share the events between them; every process needs every hint.
      id: `herald-manual-publish-jobs-${randomUUID()}`,
      topics: [TOPIC],
      onEvent: async () => look(),
    });
  }

  /** Never throws and never waits. */
  jobsHaveChanged = (): void => {
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
          this.jobsHaveChanged();
        }
      });
  };
}
