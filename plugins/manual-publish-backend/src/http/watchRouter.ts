import {
  JobEvent,
  manualPublishOperations,
} from '@herald/backstage-plugin-manual-publish-common';
import { SseSink, formatEvent, openSseSink, parse } from '@herald/backend-kit';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Job, NumberedHappening } from '../publishing/Job';
import { JobDesk } from '../publishing/JobDesk';
import { JobWatcher } from '../publishing/JobWatcher';
import { Caller, Gatekeeper } from './Gatekeeper';
import { JobPresenter } from './JobPresenter';
import { jobIdOf } from './jobsRouter';
import { presentWarning } from './presentJob';

const { watch } = manualPublishOperations;
const PENDING_BYTES = 1024 * 1024;
/** The longest that a timer can wait; a stream ends by then, and its client comes back. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export type WatchRouterOptions = {
  gatekeeper: Gatekeeper;
  desk: JobDesk;
  watcher: JobWatcher;
  presenter: JobPresenter;
  pingMs: number;
  /** How long a reader may take over what is pending. */
  patienceMs: number;
};

/** Writes what happens to one stream, in order, although a job takes a moment to be presented. */
class Teller {
  readonly #sink: SseSink;
  readonly #presenter: JobPresenter;
  readonly #caller: Caller;
  #written: Promise<void> = Promise.resolve();

  constructor(sink: SseSink, presenter: JobPresenter, caller: Caller) {
    this.#sink = sink;
    this.#presenter = presenter;
    this.#caller = caller;
  }

  tell(happening: NumberedHappening, job: Job): void {
    this.#then(async () => {
      if (this.#sink.pendingBytes > PENDING_BYTES) {
        // Too slow; it may come back with the last event that it has.
        this.#sink.drop();
        return;
      }
      const payload = await this.#payload(happening, job);
      this.#sink.write(
        formatEvent({
          type: payload.type,
          payload,
          id: String(happening.number),
        }),
      );
    });
  }

  end(): void {
    this.#then(async () => this.#sink.end());
  }

  #then(action: () => Promise<void>): void {
    this.#written = this.#written.then(action).catch(() => this.#sink.drop());
  }

  async #payload(happening: NumberedHappening, job: Job): Promise<JobEvent> {
    switch (happening.type) {
      case 'job':
        return {
          type: 'job',
          job: await this.#presenter.whole(job, this.#caller, happening.number),
        };
      case 'progress':
        return {
          type: 'progress',
          progress: happening.progress,
          cost: happening.cost,
        };
      case 'warning':
        return { type: 'warning', warning: presentWarning(happening.warning) };
      default:
        return {
          type: 'log',
          at: happening.at.toISOString(),
          message: happening.message,
        };
    }
  }
}

/** `/watch/{job_id}`: the job as it is, and then what happens. */
export function watchRouter(options: WatchRouterOptions): Router {
  const { gatekeeper, desk, watcher, presenter, pingMs, patienceMs } = options;
  const router = PromiseRouter();
  const open = new Set<SseSink>();
  // One clock for all streams.
  setInterval(() => open.forEach(sink => sink.ping()), pingMs).unref();

  // Express would answer this with the stream itself.
  router.head(watch.path, async (req, res) => {
    await gatekeeper.reader(req);
    await desk.job(jobIdOf(req));
    res.type('text/event-stream').end();
  });

  router.get(watch.path, async (req, res) => {
    const caller = await gatekeeper.reader(req);
    const id = jobIdOf(req);
    const { 'last-event-id': lastEventId } = parse(
      watch.headers,
      req.headers,
      'header',
    );
    const job = await desk.job(id);
    const seen = lastEventId === undefined ? undefined : Number(lastEventId);
    // A number that the job has not reached is none of its own.
    const isBack = seen !== undefined && seen <= job.eventCount;
    const first = isBack ? undefined : await presenter.whole(job, caller);

    const sink = openSseSink(res, patienceMs);
    open.add(sink);
    const teller = new Teller(sink, presenter, caller);
    if (first) {
      sink.write(
        formatEvent({
          type: 'job',
          payload: { type: 'job', job: first },
          id: String(job.eventCount),
        }),
      );
    }
    const stop = watcher.watch(id, isBack ? seen : job.eventCount, teller);
    const expiry = setTimeout(
      () => sink.end(),
      Math.min(millisecondsLeft(caller), LONGEST_TIMEOUT_MS),
    );
    sink.onClose(() => {
      stop();
      clearTimeout(expiry);
      open.delete(sink);
    });
  });

  return router;
}

function millisecondsLeft({ credentials }: Caller): number {
  return credentials.expiresAt
    ? Math.max(credentials.expiresAt.getTime() - Date.now(), 0)
    : LONGEST_TIMEOUT_MS;
}
