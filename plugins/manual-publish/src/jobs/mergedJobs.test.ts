import { aJob } from '../__testUtils__/examples';
import { mergedJobs } from './mergedJobs';

const job = (number: number, title = `Job ${number}`) =>
  aJob({
    id: `job ${number}`,
    title,
    created_at: new Date(Date.UTC(2026, 0, number)).toISOString(),
  });
const titles = (jobs: { title: string }[]) => jobs.map(({ title }) => title);

describe('a list of jobs whose newest part was asked for again', () => {
  it('has what is new, what has changed, and what was loaded before', () => {
    expect(
      titles(
        mergedJobs(
          [job(5), job(4, 'Changed'), job(3)],
          [job(4), job(3), job(2), job(1)],
        ),
      ),
    ).toEqual(['Job 5', 'Changed', 'Job 3', 'Job 2', 'Job 1']);
  });

  it('leaves out what does not fit any more', () => {
    expect(
      titles(mergedJobs([job(5), job(3)], [job(5), job(4), job(3), job(2)])),
    ).toEqual(['Job 5', 'Job 3', 'Job 2']);
    expect(mergedJobs([], [job(1)])).toEqual([]);
  });

  it('is what was loaded until there is a newer part', () => {
    expect(titles(mergedJobs(undefined, [job(2), job(1)]))).toEqual([
      'Job 2',
      'Job 1',
    ]);
  });
});
