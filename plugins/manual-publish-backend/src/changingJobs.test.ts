import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { testEngines } from '@herald/test-utils';
import { WorkQueue } from '@herald/work-queue';
import { Knex } from 'knex';
import {
  ADA,
  GUEST,
  startManualPublish,
} from './__testUtils__/startManualPublish';
import { DatabaseJobs } from './database/DatabaseJobs';
import { WORK_PREFIX } from './database/migrate';
import { JobWork } from './publishing/JobWork';

const databases = testEngines();
const SOLUTIONS = [
  { name: 'ZCP', rootPageId: '11111111111111111111111111111111' },
  { name: 'APIM', rootPageId: '22222222222222222222222222222222' },
];

type Question = { permission: { name: string }; resourceRef?: string };

/** A policy by the names of the permissions; that to publish is by solution, as `manual-publish.publish zcp`. */
const policy = (denied: ReadonlySet<string>) => {
  const authorize = async (questions: readonly Question[]) =>
    questions.map(({ permission, resourceRef }) => ({
      result: denied.has(
        resourceRef ? `${permission.name} ${resourceRef}` : permission.name,
      )
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    }));
  return mockServices.permissions.mock({ authorize }).factory;
};

const failedJob = async (
  knex: Knex,
  solution: string,
  by: string,
  targetLanguages: string[] = [],
) => {
  const logger = mockServices.logger.mock();
  const jobs = new DatabaseJobs(knex, {
    work: new WorkQueue<JobWork>({ knex, prefix: WORK_PREFIX, logger }),
    now: () => new Date(),
    onChange: () => {},
  });
  const { id } = await jobs.create({
    solution,
    pageId: '11111111-1111-1111-1111-111111111111',
    title: 'Manual',
    targetLanguages,
    dryRun: false,
    force: false,
    updateSlugs: false,
    requestedBy: by,
  });
  // Nothing works here: it ends as one whose process died.
  await jobs.fail(id, { reason: 'INTERNAL', detail: 'died' });
  return id;
};

describe('a job whose language is not configured any more', () => {
  it('is not done again, and its language is named', async () => {
    const portal = await startManualPublish(databases, 'SQLITE_3', {
      manualPublish: { solutions: SOLUTIONS },
    });
    const id = await failedJob(portal.knex, 'ZCP', GUEST, ['ko', 'pt-BR']);
    const { status, body } = await portal.post(`/jobs/${id}/retry`);
    expect([status, body.error.message]).toEqual([
      409,
      expect.stringContaining('pt-BR'),
    ]);
    await portal.stop();
  });
});

describe('who may do a job again', () => {
  const NO_PUBLISH = 'manual-publish.publish zcp';
  const NO_CANCEL = 'manual-publish.cancel';

  // 503: it got as far as to the configuration, which lacks Notion.
  it.each([
    ['their own', GUEST, [], 503],
    ['their own, without the permission to cancel', GUEST, [NO_CANCEL], 503],
    [
      'their own, whose solution they may not publish',
      GUEST,
      [NO_PUBLISH],
      403,
    ],
    ["another's", ADA, [], 503],
    ["another's, without the permission to cancel", ADA, [NO_CANCEL], 403],
    ["another's, whose solution they may not publish", ADA, [NO_PUBLISH], 403],
  ])('%s', async (_name, owner, denied, status) => {
    const portal = await startManualPublish(databases, 'SQLITE_3', {
      manualPublish: { solutions: SOLUTIONS },
      permission: 'host',
      features: [policy(new Set(denied))],
    });
    const id = await failedJob(portal.knex, 'ZCP', owner);
    const other = await failedJob(portal.knex, 'APIM', owner);
    const mayRetry = status === 503;

    expect((await portal.post(`/jobs/${id}/retry`)).status).toBe(status);
    const whole = await portal.get(`/jobs/${id}`).expect(200);
    expect(whole.body.may).toEqual({ cancel: false, retry: mayRetry });
    const { body } = await portal.get('/jobs').expect(200);
    const shown = new Map(
      body.jobs.map((job: { id: string; may: object }) => [job.id, job.may]),
    );
    expect(shown.get(id)).toEqual({ cancel: false, retry: mayRetry });
    // The solution that is denied hides nothing of the other one.
    expect(shown.get(other)).toEqual({
      cancel: false,
      retry: owner === GUEST || !denied.includes(NO_CANCEL),
    });
    await portal.stop();
  });
});
