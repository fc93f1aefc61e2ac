import { jobOf } from './__testUtils__/jobOf';
import { JobId, NO_COST } from './Job';
import { JobRecord } from './JobRecord';
import { Holder, JobCancelled, JobChange, JobLost } from './JobStore';

const HOLDER = 'holder' as Holder;

function storedJob() {
  let job = jobOf();
  const changes: JobChange[] = [];
  let isLost = false;
  return {
    changes,
    lose: () => {
      isLost = true;
    },
    cancel: () => {
      job = { ...job, cancelRequested: true };
    },
    store: {
      find: async () => job,
      change: async (_: JobId, __: Holder, change: JobChange) => {
        if (isLost) {
          throw new JobLost('gone');
        }
        changes.push(change);
        job = { ...job, state: change.state ?? job.state };
        return job;
      },
    },
    get job() {
      return job;
    },
  };
}

function open(stored: ReturnType<typeof storedJob>, everyMs = 1) {
  const process = new AbortController();
  const record = new JobRecord({
    store: stored.store,
    job: stored.job,
    holder: HOLDER,
    signal: process.signal,
    everyMs,
  });
  return { record, process };
}

const aborted = (signal: AbortSignal) =>
  signal.aborted
    ? Promise.resolve()
    : new Promise(resolve => signal.addEventListener('abort', resolve));

describe('JobRecord', () => {
  it('writes what has gathered with the next move, in one change', async () => {
    const stored = storedJob();
    const { record } = open(stored, 60_000);
    record.setProgress({ pages: { done: 1, total: 2 } });
    record.addCost({ notion_calls: 3 });
    record.addCost({ notion_calls: 1, input_tokens: 5 });
    record.warn({ code: 'odd', message: 'Odd' });
    record.log('a word');
    await record.change({
      state: 'EXPORT_COMMIT',
      happenings: [{ type: 'log', message: 'last' }],
    });
    await record.change({ title: 'Other' });
    expect(stored.changes).toEqual([
      {
        state: 'EXPORT_COMMIT',
        progress: { pages: { done: 1, total: 2 }, languages: [] },
        cost: { ...NO_COST, notion_calls: 4, input_tokens: 5 },
        happenings: [
          { type: 'warning', warning: { code: 'odd', message: 'Odd' } },
          { type: 'log', message: 'a word' },
          { type: 'log', message: 'last' },
        ],
      },
      { title: 'Other', happenings: [] },
    ]);
    expect(record.job.state).toBe('EXPORT_COMMIT');
    record.close();
  });

  it('writes now and then without a move', async () => {
    const stored = storedJob();
    const { record } = open(stored);
    record.log('a word');
    while (stored.changes.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(stored.changes).toEqual([
      { happenings: [{ type: 'log', message: 'a word' }] },
    ]);
    record.close();
  });

  it('learns that it is to end, although there is nothing to write', async () => {
    const stored = storedJob();
    const { record } = open(stored);
    stored.cancel();
    await aborted(record.signal);
    expect(record.signal.reason).toBeInstanceOf(JobCancelled);
    record.close();
  });

  it('learns that another has the job', async () => {
    const stored = storedJob();
    const { record } = open(stored);
    stored.lose();
    record.log('a word');
    await aborted(record.signal);
    expect(record.signal.reason).toBeInstanceOf(JobLost);
    record.close();
  });

  it('ends with the process', async () => {
    const stored = storedJob();
    const { record, process } = open(stored, 60_000);
    const reason = new Error('going down');
    process.abort(reason);
    expect(record.signal.reason).toBe(reason);
    record.close();
  });
});
