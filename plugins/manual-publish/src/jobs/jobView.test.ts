import type {
  Job,
  JobEvent,
} from '@herald/backstage-plugin-manual-publish-common';
import fc from 'fast-check';
import { aJob, aProgress } from '../__testUtils__/examples';
import { nextJobView, UNKNOWN_JOB, type JobChange } from './jobView';

const told = (event: JobEvent, id: number): JobChange => ({
  type: 'told',
  event,
  id: String(id),
});
const polled = (job: Job): JobChange => ({ type: 'polled', job });
const viewAfter = (changes: readonly JobChange[]) =>
  changes.reduce(nextJobView, UNKNOWN_JOB);

const at = (second: number) =>
  new Date(Date.UTC(2026, 10, 22, 10, 0, second)).toISOString();

const { cost } = aJob();
const pagesDone = (done: number): JobEvent => ({
  type: 'progress',
  progress: aProgress({ pages: { done, total: 5 } }),
  cost: { ...cost, notion_calls: done },
});
const warning = (page: number) => ({
  code: 'link-outside',
  message: `Link ${page}`,
});

/** What happens to a job from its start to its end, as the stream tells it, and the job as a poll finds it after each. */
function aHistory(): { events: JobEvent[]; polls: Job[] } {
  const events: JobEvent[] = [];
  const polls: Job[] = [];
  let job = aJob({ updated_at: at(0) });
  const happen = (event: JobEvent) => {
    if (event.type === 'job') {
      job = event.job;
    } else if (event.type === 'progress') {
      job = { ...job, progress: event.progress, cost: event.cost };
    } else if (event.type === 'warning') {
      job = {
        ...job,
        warnings: [...job.warnings, event.warning],
        warning_count: job.warning_count + 1,
      };
    }
    events.push(event);
    polls.push(job);
  };
  happen({ type: 'job', job: { ...job, updated_at: at(1) } });
  happen({
    type: 'job',
    job: { ...job, status: 'EXPORTING', updated_at: at(2) },
  });
  for (let page = 1; page <= 5; page += 1) {
    happen(pagesDone(page));
    happen({ type: 'warning', warning: warning(page) });
    happen({ type: 'log', at: at(2), message: `Page ${page}` });
  }
  happen({
    type: 'job',
    job: { ...job, status: 'COMPLETED', updated_at: at(3) },
  });
  return { events, polls };
}

describe('what a page knows of a job', () => {
  it('is what the stream tells', () => {
    const { events, polls } = aHistory();
    const view = viewAfter(
      events.map((event, index) => told(event, index + 1)),
    );
    expect(view.job).toEqual(polls.at(-1));
    expect(view.log.map(({ message }) => message)).toEqual([
      'Page 1',
      'Page 2',
      'Page 3',
      'Page 4',
      'Page 5',
    ]);
  });

  it('ends as the job does, however polls come between and the stream begins anew', () => {
    const { events, polls } = aHistory();
    const stream = events.map((event, index) => told(event, index + 1));
    const position = fc.nat({ max: events.length - 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(position, position), { maxLength: 4 }),
        fc.array(fc.tuple(fc.nat({ max: 60 }), position), { maxLength: 6 }),
        (restarts, between) => {
          const changes = [
            ...restarts.flatMap(([from, to]) => stream.slice(from, to)),
            ...stream,
          ];
          for (const [place, poll] of between) {
            changes.splice(
              place % (changes.length + 1),
              0,
              polled(polls[poll]),
            );
          }
          const view = viewAfter(changes);
          expect(view.job?.status).toBe('COMPLETED');
          expect(view.job?.progress).toEqual(polls.at(-1)?.progress);
          expect(view.job?.warning_count).toBe(5);
          expect(view.log.length).toBeLessThanOrEqual(5);
        },
      ),
    );
  });

  it('counts anew where a state is begun anew', () => {
    const again = aJob({ status: 'CLONING', updated_at: at(4) });
    const view = viewAfter([
      polled(aJob({ status: 'EXPORTING', updated_at: at(2) })),
      told(pagesDone(4), 1),
      told({ type: 'job', job: again }, 2),
    ]);
    expect(view.job?.progress.pages.done).toBe(0);
  });

  it('is not set back by a poll that the stream has overtaken', () => {
    const job = aJob({ status: 'EXPORTING', updated_at: at(2) });
    const view = viewAfter([polled(job), told(pagesDone(4), 1), polled(job)]);
    expect(view.job?.progress.pages.done).toBe(4);
    expect(view.job?.cost.notion_calls).toBe(4);
  });

  it('has the newest lines of a long log, and says how many older ones it has not, however they are heard', () => {
    const count = 5_000;
    const lines = Array.from({ length: count }, (_, index) => ({
      id: index + 1,
      at: at(1),
      message: `Line ${index + 1}`,
    }));
    const stream = lines.map(({ id, ...line }) =>
      told({ type: 'log', ...line }, id),
    );
    const views = [
      [...stream, ...stream],
      [...stream.slice(0, count / 2), { type: 'read' as const, lines }],
    ].map(viewAfter);
    for (const { log, olderLines } of views) {
      expect(log.at(-1)?.message).toBe(`Line ${count}`);
      expect(log[0].message).toBe(`Line ${olderLines + 1}`);
      expect(log.length + olderLines).toBe(count);
      expect(olderLines).toBeGreaterThan(0);
    }
  });

  it('has no log of a job that it was only asked for', () => {
    expect(viewAfter([polled(aJob())]).log).toEqual([]);
  });
});
