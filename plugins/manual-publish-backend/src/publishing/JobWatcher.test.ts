import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { jobOf } from './__testUtils__/jobOf';
import { Job, JobId, NumberedHappening } from './Job';
import { JobWatcher } from './JobWatcher';

const ID = 'job' as JobId;
const OTHER = 'another job' as JobId;

/** A job whose log grows by hand; another has the same. */
class GrowingJob {
  readonly log: NumberedHappening[] = [];
  state: Job['state'] = 'STARTED';
  looks = 0;
  failing = false;
  isGone = false;

  add(message: string): void {
    this.log.push({
      type: 'log',
      message,
      number: this.log.length + 1,
      at: new Date(0),
    });
  }

  async pulses(ids: readonly JobId[]) {
    this.looks += 1;
    if (this.failing) {
      throw new Error('no database');
    }
    return this.isGone
      ? new Map()
      : new Map(
          ids.map(id => [
            id,
            {
              eventCount: this.log.length,
              hasEnded: this.state === 'COMPLETED',
            },
          ]),
        );
  }

  async happeningsAfter(_: JobId, number: number, limit: number) {
    return this.log.slice(number, number + limit);
  }

  async find(): Promise<Job> {
    return jobOf({
      id: ID,
      state: this.state,
      eventCount: this.log.length,
    });
  }
}

function follow(watcher: JobWatcher, after: number, id = ID) {
  const seen: string[] = [];
  let isOver = false;
  const stop = watcher.watch(id, after, {
    tell: happening => {
      if (happening.type === 'log') {
        seen.push(happening.message);
      }
    },
    end: () => {
      isOver = true;
    },
  });
  return { seen, stop, isOver: () => isOver };
}

const watcherOf = (job: GrowingJob, pollMs = 5) =>
  new JobWatcher({ jobs: job, logger: mockServices.logger.mock(), pollMs });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('JobWatcher', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('tells each what comes after where they were, and lets them go at the end', async () => {
    const job = new GrowingJob();
    job.add('a');
    job.add('b');
    const watcher = watcherOf(job);
    const all = follow(watcher, 0);
    const late = follow(watcher, 1);
    await until(() => all.seen.length === 2 && late.seen.length === 1);
    job.add('c');
    job.state = 'COMPLETED';
    await until(() => all.isOver() && late.isOver());
    expect(all.seen).toEqual(['a', 'b', 'c']);
    expect(late.seen).toEqual(['b', 'c']);
    expect(watcher.size).toBe(0);
  });

  it('lets go who comes when all is over, or asks for a job that is gone', async () => {
    const job = new GrowingJob();
    job.add('a');
    job.state = 'COMPLETED';
    const watcher = watcherOf(job);
    const late = follow(watcher, 1);
    await until(late.isOver);
    expect(late.seen).toEqual([]);
    job.isGone = true;
    const lost = follow(watcher, 0);
    await until(lost.isOver);
    expect(watcher.size).toBe(0);
  });

  it('does not let go who begins to watch another job while it looks', async () => {
    const job = new GrowingJob();
    job.add('a');
    const watcher = watcherOf(job, 10_000);
    const one = follow(watcher, 0);
    const other = follow(watcher, 0, OTHER);
    await until(() => other.seen.length > 0 || other.isOver());
    expect(other.isOver()).toBe(false);
    expect(other.seen).toEqual(['a']);
    one.stop();
    other.stop();
  });

  it('tells of the job once, after what led to it', async () => {
    const job = new GrowingJob();
    const moment = { type: 'job', at: new Date(0) } as const;
    job.log.push({ ...moment, number: 1 });
    job.log.push({ type: 'log', message: 'a', number: 2, at: new Date(0) });
    job.log.push({ ...moment, number: 3 });
    job.state = 'COMPLETED';
    const told: number[] = [];
    let isOver = false;
    watcherOf(job).watch(ID, 0, {
      tell: ({ number }) => told.push(number),
      end: () => {
        isOver = true;
      },
    });
    await until(() => isOver);
    expect(told).toEqual([2, 3]);
  });

  it('goes on after a failure of the database', async () => {
    const job = new GrowingJob();
    job.failing = true;
    const watcher = watcherOf(job);
    const one = follow(watcher, 0);
    await until(() => job.looks > 1);
    job.failing = false;
    job.add('a');
    await until(() => one.seen.length === 1);
    expect(one.seen).toEqual(['a']);
    one.stop();
  });

  it('one that fails costs the others nothing', async () => {
    const job = new GrowingJob();
    job.add('a');
    const watcher = watcherOf(job, 10_000);
    const stop = watcher.watch(ID, 0, {
      tell: () => {
        throw new Error('gone');
      },
      end: () => {},
    });
    const other = follow(watcher, 0);
    await until(() => other.seen.length === 1);
    job.add('b');
    watcher.look();
    await until(() => other.seen.length === 2);
    expect(other.seen).toEqual(['a', 'b']);
    stop();
    other.stop();
  });

  it('looks by the clock while somebody watches, after a break as well, and not in between', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const job = new GrowingJob();
    const watcher = watcherOf(job, 1_000);
    const one = follow(watcher, 0);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(job.looks).toBe(4);
    one.stop();
    expect(jest.getTimerCount()).toBe(0);
    watcher.look();
    await jest.advanceTimersByTimeAsync(3_000);
    expect(job.looks).toBe(4);
    const next = follow(watcher, 0);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(job.looks).toBe(7);
    next.stop();
  });

  it('lets all go when it is closed', async () => {
    const watcher = watcherOf(new GrowingJob());
    const all = [follow(watcher, 0), follow(watcher, 0, OTHER)];
    watcher.close();
    expect(all.map(({ isOver }) => isOver())).toEqual([true, true]);
    expect(watcher.size).toBe(0);
  });

  it('tells everything once and in order, however it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.nat({ max: 450 }), fc.constant('look')), {
          maxLength: 8,
        }),
        fc.nat({ max: 300 }),
        async (steps, after) => {
          const job = new GrowingJob();
          const watcher = watcherOf(job, 10_000);
          const one = follow(watcher, after);
          for (const step of steps) {
            if (typeof step === 'number') {
              for (let index = 0; index < step; index++) {
                job.add(String(job.log.length + 1));
              }
              await new Promise(resolve => setImmediate(resolve));
            } else {
              watcher.look();
            }
          }
          job.state = 'COMPLETED';
          watcher.look();
          await until(one.isOver);
          expect(one.seen).toEqual(
            job.log.slice(after).map(({ number }) => String(number)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
