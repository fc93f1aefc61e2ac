import {
  JobState,
  isFinal,
  jobMoves,
} from '@herald/backstage-plugin-manual-publish-common';
import { testEngines } from '@herald/test-utils';
import fc from 'fast-check';
import { JobLost } from '../publishing/JobStore';
import { IllegalMove } from '../publishing/moves';
import { DatabaseJobs } from './DatabaseJobs';
import { JobsUnderTest, order } from './__testUtils__/JobsUnderTest';

const databases = testEngines();
const states = Object.keys(jobMoves) as JobState[];

/** Mostly onward: of moves at random, hardly any job would come past its first steps. */
const tries = fc.array(
  fc.record({
    kind: fc.oneof(
      { weight: 8, arbitrary: fc.constant('onward' as const) },
      { weight: 2, arbitrary: fc.constant('legal' as const) },
      { weight: 2, arbitrary: fc.constant('illegal' as const) },
    ),
    pick: fc.nat({ max: 60 }),
  }),
  { minLength: 6, maxLength: 16 },
);

/** To the next states of a job with which all goes well; to the end only where nothing else is left. */
function onwardFrom(state: JobState): readonly JobState[] {
  const later = jobMoves[state].filter(
    each =>
      states.indexOf(each) > states.indexOf(state) &&
      !['COMPLETED', 'FAILED', 'CANCELLED'].includes(each),
  );
  return later.length > 0 ? later : jobMoves[state].slice(0, 1);
}

function choiceFrom(state: JobState, kind: 'onward' | 'legal' | 'illegal') {
  const legal = jobMoves[state];
  if (kind === 'illegal' || isFinal(state)) {
    return states.filter(each => !legal.includes(each));
  }
  return kind === 'legal' ? legal : onwardFrom(state);
}

describe.each(databases.eachSupportedId())('moves of jobs on %s', engine => {
  let store: JobsUnderTest;
  let jobs: DatabaseJobs;
  beforeAll(async () => {
    store = await JobsUnderTest.start(databases, engine);
    jobs = store.jobs;
  });
  beforeEach(() => store.clear());

  it('only the last who took a job can change it, and nobody once it has ended', async () => {
    const { id } = await jobs.create(order());
    const before = await store.taken(id);
    const after = await store.taken(id);
    await expect(
      jobs.change(id, before, { state: 'CHECKING_REPO' }),
    ).rejects.toThrow(JobLost);
    await jobs.change(id, after, { state: 'CHECKING_REPO' });
    await jobs.fail(id, { reason: 'INTERNAL', detail: 'died' });
    await expect(jobs.change(id, after, { title: 'Late' })).rejects.toThrow(
      JobLost,
    );
    expect(await jobs.take(id)).toBeUndefined();
    expect(await jobs.find(id)).toMatchObject({
      state: 'FAILED',
      failure: { reason: 'INTERNAL', detail: 'died' },
    });
  });

  it('refuses moves that the table lacks, and changes nothing then', async () => {
    const job = await jobs.create(order());
    const holder = await store.taken(job.id);
    await expect(
      jobs.change(job.id, holder, {
        state: 'PUSHING',
        happenings: [{ type: 'log', message: 'no' }],
      }),
    ).rejects.toThrow(IllegalMove);
    expect(await jobs.find(job.id)).toEqual(job);
  });

  it('whatever moves are tried, only those of the table happen, and one job a solution runs', async () => {
    const reached = new Set<JobState>();
    await fc.assert(
      fc.asyncProperty(tries, async moves => {
        store.now += 1;
        const job = await jobs.create(order({ solution: `S${store.now}` }));
        const waiting = await jobs.create(order({ solution: job.solution }));
        const holder = await store.taken(job.id);
        let state: JobState = job.state;
        reached.add(state).add(waiting.state);
        for (const { kind, pick } of moves) {
          const choice = choiceFrom(state, kind);
          const move = choice[pick % choice.length];
          const outcome = await jobs
            .change(job.id, holder, { state: move })
            .then(({ state: now }) => now)
            .catch(error => error.name as string);
          const refusal = isFinal(state) ? 'JobLost' : 'IllegalMove';
          const isDone = jobMoves[state].includes(move);
          expect(outcome).toBe(isDone ? move : refusal);
          state = isDone ? move : state;
          reached.add(state);
          expect((await jobs.find(job.id))?.state).toBe(state);
        }
        expect((await jobs.find(waiting.id))?.state).toBe(
          isFinal(state) ? 'STARTED' : 'QUEUED',
        );
      }),
      { numRuns: 60 },
    );
    expect([...reached].sort()).toEqual([...states].sort());
  });
});
