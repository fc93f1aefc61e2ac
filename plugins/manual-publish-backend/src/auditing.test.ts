import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { testEngines } from '@herald/test-utils';
import { GUEST, startManualPublish } from './__testUtils__/startManualPublish';

const databases = testEngines();
const ROOT = '11111111111111111111111111111111';
const NO_ID = '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11';
const JOB = { eventId: 'cancel-job', url: `/jobs/${NO_ID}/cancel`, body: {} };

/** A portal whose audit log is kept here, as `event outcome`. */
const start = async (
  permission: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
) => {
  const audit: string[] = [];
  const auditor = mockServices.auditor.mock({
    createEvent: async ({ eventId }) => ({
      success: async () => {
        audit.push(`${eventId} succeeded`);
      },
      fail: async () => {
        audit.push(`${eventId} failed`);
      },
    }),
  });
  const portal = await startManualPublish(databases, 'SQLITE_3', {
    manualPublish: { solutions: [{ name: 'ZCP', rootPageId: ROOT }] },
    permission,
    features: [auditor.factory],
  });
  return { portal, audit };
};

describe('the audit log', () => {
  it.each([
    {
      eventId: 'publish',
      url: '/publish',
      body: { notion_page_id: ROOT, selected_solution: 'ZCP' },
    },
    JOB,
    { ...JOB, eventId: 'retry-job', url: `/jobs/${NO_ID}/retry` },
  ])('hears of a refused $eventId', async ({ eventId, url, body }) => {
    const { portal, audit } = await start(AuthorizeResult.DENY);
    await portal.post(url, body, GUEST).expect(403);
    expect(audit).toEqual([`${eventId} failed`]);
    await portal.stop();
  });

  it('hears of who reads the verification token, and of who may not', async () => {
    const { portal, audit } = await start(AuthorizeResult.ALLOW);
    await portal
      .post('/webhook/notion', { verification_token: 'secret_of_notion' })
      .expect(204);
    await portal.get('/webhook/notion/verification').expect(200);
    expect(audit).toEqual(['read-verification-token succeeded']);
    await portal.stop();

    const other = await start(AuthorizeResult.DENY);
    await other.portal.get('/webhook/notion/verification').expect(403);
    expect(other.audit).toEqual(['read-verification-token failed']);
    await other.portal.stop();
  });
});
