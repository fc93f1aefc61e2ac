import { jobStates } from '@herald/backstage-plugin-manual-publish-common';
import type { Job } from '@herald/backstage-plugin-manual-publish-common';
import { aJob, aProgress } from '../__testUtils__/examples';
import { jobPercent, jobSteps } from './jobSteps';

const at = '2026-11-22T10:00:00.000Z';
const job = (
  status: Job['status'],
  visited: Job['status'][],
  changes: Partial<Job> = {},
) =>
  aJob({
    status,
    steps: visited.map(one => ({ status: one, at, ms: 1_000 })),
    ...changes,
  });
const inWords = (of: Job) =>
  jobSteps(of).map(({ name, state }) => `${name} ${state}`);

describe('the steps of a job', () => {
  it('are what it did, what it is at, and what is to come', () => {
    expect(
      inWords(
        job('EXPORTING', ['STARTED', 'CHECKING_REPO', 'PULLING', 'EXPORTING']),
      ),
    ).toEqual([
      'STARTED done',
      'CHECKING_REPO done',
      'PULLING done',
      'EXPORTING current',
      'EXPORT_COMMIT waiting',
      'TRANSLATING waiting',
      'TRANSLATION_COMMIT waiting',
      'PUSHING waiting',
      'COMPLETED waiting',
    ]);
  });

  it('mark where it failed, and where it was cancelled', () => {
    const visited: Job['status'][] = ['STARTED', 'CHECKING_REPO'];
    expect(inWords(job('FAILED', [...visited, 'FAILED']))).toContain(
      'CHECKING_REPO failed',
    );
    expect(inWords(job('CANCELLED', [...visited, 'CANCELLED']))).toContain(
      'CHECKING_REPO cancelled',
    );
  });

  it('show once what was begun again, with all the time that it took', () => {
    const steps = jobSteps(
      job('EXPORTING', [
        'STARTED',
        'PULLING',
        'EXPORTING',
        'CLONING',
        'EXPORTING',
      ]),
    );
    expect(steps.find(({ name }) => name === 'EXPORTING')?.ms).toBe(2_000);
    expect(steps.find(({ name }) => name === 'CLONING')?.ms).toBe(2_000);
    expect(steps.filter(({ name }) => name === 'PULLING')).toEqual([]);
  });

  it('leave out of a dry run what it does not do', () => {
    const words = inWords(
      job('COMPLETED', ['STARTED', 'EXPORTING', 'COMPLETED'], {
        dry_run: true,
      }),
    );
    expect(words).not.toContain('PUSHING skipped');
    expect(words.at(-1)).toBe('COMPLETED done');
  });

  it('say that a job without changes needed no push', () => {
    expect(
      inWords(job('COMPLETED', ['STARTED', 'EXPORTING', 'COMPLETED'])),
    ).toContain('PUSHING skipped');
  });

  it('begin with the wait only where there was one', () => {
    expect(inWords(job('QUEUED', ['QUEUED']))[0]).toBe('QUEUED current');
    expect(inWords(job('STARTED', ['QUEUED', 'STARTED']))[0]).toBe(
      'QUEUED done',
    );
    expect(inWords(job('STARTED', ['STARTED']))[0]).toBe('STARTED current');
  });
});

describe('how far a job is', () => {
  it('grows from state to state', () => {
    const percents = jobStates
      .filter(status => status !== 'FAILED' && status !== 'CANCELLED')
      .map(status => jobPercent({ status, progress: aProgress() }));
    expect(percents).toEqual([...percents].sort((one, two) => one - two));
    expect(percents.at(-1)).toBe(100);
  });

  it('grows with the pages, and with the segments of all languages', () => {
    const progress = aProgress({
      pages: { done: 5, total: 10 },
      languages: [
        { language: 'ko', done: 10, total: 10, untranslated: 0 },
        { language: 'ja', done: 0, total: 10, untranslated: 0 },
      ],
    });
    expect(jobPercent({ status: 'EXPORTING', progress })).toBe(26);
    expect(jobPercent({ status: 'TRANSLATING', progress })).toBe(70);
  });
});
