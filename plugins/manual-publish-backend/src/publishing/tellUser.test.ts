import { jobOf } from './__testUtils__/jobOf';
import { Job, JobId } from './Job';
import { messageAbout } from './tellUser';

const job = jobOf({
  id: '0198' as JobId,
  state: 'COMPLETED',
  targetLanguages: ['ko', 'ja'],
});

describe('what the user is told of a job', () => {
  it.each<[string, Partial<Job>, object]>([
    [
      'that is done',
      { warningCount: 3 },
      {
        type: 'success',
        title: 'Guide published',
        message: 'ZCP, ko, ja, 3 warnings',
      },
    ],
    [
      'that found nothing to do',
      { unchanged: true },
      { type: 'success', title: 'Guide is published already: nothing changed' },
    ],
    [
      'that only looked',
      { dryRun: true, unchanged: true },
      {
        type: 'success',
        title: 'Guide was looked through: nothing is published yet',
      },
    ],
    [
      'that failed, a dry run too',
      {
        state: 'FAILED',
        dryRun: true,
        failure: { reason: 'REPO_ACCESS', detail: 'no such branch' },
      },
      {
        type: 'error',
        severity: 'high',
        title: 'Guide could not be published',
        message: 'REPO_ACCESS: no such branch',
      },
    ],
    [
      'that was cancelled',
      { state: 'CANCELLED' },
      {
        type: 'info',
        severity: 'low',
        title: 'Guide is not published: cancelled',
      },
    ],
  ])('%s', (_name, change, expected) => {
    expect(messageAbout({ ...job, ...change }, 'ended')).toMatchObject({
      scope: 'manual-publish:job:0198',
      targetUsers: ['user:default/mina'],
      document_title: 'Guide',
      solution: 'ZCP',
      link: '/manual-publish/jobs/0198',
      ...expected,
    });
  });

  it('is said under one scope from the beginning, but not when it has ended meanwhile', () => {
    const running: Job = { ...job, state: 'EXPORTING' };
    expect(messageAbout(running, 'processing')).toMatchObject({
      scope: 'manual-publish:job:0198',
      type: 'processing',
    });
    expect(messageAbout(job, 'processing')).toBeUndefined();
  });

  it('is nothing where a program has asked', () => {
    const requestedBy = 'service:notion-webhook';
    for (const moment of ['processing', 'ended'] as const) {
      const state = moment === 'ended' ? 'COMPLETED' : 'EXPORTING';
      expect(messageAbout({ ...job, state, requestedBy }, moment)).toBe(
        undefined,
      );
    }
  });
});
