import { LoggerService } from '@backstage/backend-plugin-api';
import { Notification } from '@backstage/plugin-notifications-common';
import { NewWork, WorkItem } from '@herald/work-queue';
import { isDeepStrictEqual } from 'node:util';
import { inTime } from '../inTime';
import {
  Dispatch,
  DispatchStore,
  ProcessingWork,
  StepWork,
  toNotification,
} from './Dispatch';
import { ProcessorRegistry, RegisteredProcessor } from './ProcessorRegistry';
import {
  freezeNotification,
  nextSteps,
  reviveNotification,
  toWork,
} from './steps';

/** Others wait for one that looks before; after so many failures they do so no longer. */
const ATTEMPTS_OTHERS_WAIT_FOR = 3;

/** Does one processor's part for one recipient. What it throws is the queue's to try again. */
export class StepRunner {
  readonly #registry: ProcessorRegistry;
  readonly #store: DispatchStore;
  readonly #logger: LoggerService;
  readonly #timeoutMs: number;

  /** @param options - `timeoutMs`: how long a processor may take over one recipient */
  constructor(options: {
    registry: ProcessorRegistry;
    store: DispatchStore;
    logger: LoggerService;
    timeoutMs: number;
  }) {
    this.#registry = options.registry;
    this.#store = options.store;
    this.#logger = options.logger;
    this.#timeoutMs = options.timeoutMs;
  }

  async run(
    registered: RegisteredProcessor,
    item: WorkItem<StepWork>,
  ): Promise<void> {
    const { dispatchId, user, step, notification } = item.payload;
    const dispatch = await this.#store.find(dispatchId);
    if (!dispatch) {
      return;
    }
    const current = notification
      ? reviveNotification(notification)
      : toNotification(dispatch, user);
    if (step === 'pre') {
      await this.#look(registered, item, dispatch, current);
    } else {
      await inTime(
        registered.processor.postProcess?.(current, dispatch.options),
        this.#timeoutMs,
      );
    }
  }

  async #look(
    registered: RegisteredProcessor,
    item: WorkItem<StepWork>,
    dispatch: Dispatch,
    current: Notification,
  ): Promise<void> {
    const others = item.payload.posts.filter(key => key !== registered.key);
    const isAlone = item.payload.later.length === 0 && others.length === 0;
    // It has taken its process with it so often that nobody was left to say so.
    if (!isAlone && item.attempt > ATTEMPTS_OTHERS_WAIT_FOR) {
      await this.#stepAside(registered, item, others, 'it never ended');
      return;
    }
    let next: NewWork<ProcessingWork>[];
    try {
      next = await this.#afterLooking(registered, item, dispatch, current);
    } catch (error) {
      const isTimeUp =
        item.isLastAttempt || item.attempt >= ATTEMPTS_OTHERS_WAIT_FOR;
      if (isAlone || !isTimeUp) {
        throw error;
      }
      await this.#stepAside(registered, item, others, error);
      return;
    }
    await this.#store.advance(item, next);
  }

  /** @throws whatever the processor throws; Error where it takes too long, or returns what is no notification */
  async #afterLooking(
    { processor }: RegisteredProcessor,
    item: WorkItem<StepWork>,
    dispatch: Dispatch,
    current: Notification,
  ): Promise<NewWork<ProcessingWork>[]> {
    const changed =
      (await inTime(
        processor.preProcess?.(structuredClone(current), dispatch.options),
        this.#timeoutMs,
      )) ?? current;
    return nextSteps(this.#registry, {
      ...item.payload,
      notification: isDeepStrictEqual(changed, current)
        ? item.payload.notification
        : freezeNotification(changed),
    });
  }

  /** The others go on without it; it is tried on its own from now on. */
  async #stepAside(
    registered: RegisteredProcessor,
    item: WorkItem<StepWork>,
    others: string[],
    error: unknown,
  ): Promise<void> {
    const { key } = registered;
    const { payload } = item;
    this.#logger.error(
      `The processor ${key} keeps failing over message of dispatch ${payload.dispatchId}; the others go on without it: ${error}`,
    );
    const alone = toWork(key, {
      ...payload,
      later: [],
      posts: payload.posts.includes(key) ? [key] : [],
    });
    await this.#store.advance(item, [
      // Its own key: the one that is being completed has the usual one.
      { ...alone, key: `${alone.key}-alone` },
      ...nextSteps(this.#registry, { ...payload, posts: others }),
    ]);
  }
}
