import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Operation } from '@herald/api-contract';
import { manualPublishOperations } from '@herald/backstage-plugin-manual-publish-common';
import { testEngines } from '@herald/test-utils';
import {
  ADA,
  BASE,
  GUEST,
  Method,
  contract,
  startManualPublish,
} from './__testUtils__/startManualPublish';

const databases = testEngines();
const NO_ID = '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11';
const ROOT = '11111111111111111111111111111111';
const SOLUTIONS = [{ name: 'ZCP', rootPageId: ROOT }];

/** Enough of a valid request for each operation, so that only the caller can be at fault. */
const BODIES: Record<string, object> = {
  publish: { notion_page_id: ROOT, selected_solution: 'zcp' },
  receiveNotionWebhook: { verification_token: 'secret_x' },
  redriveManualWork: { kind: 'notify' },
  discardManualWork: { ids: [NO_ID] },
};

const operations = new Map(
  Object.values(manualPublishOperations).map(operation => [
    operation.id as string,
    operation as Operation,
  ]),
);

const routes = contract.operations.map(
  ({ method, url, operation }) => [method, url, operation] as const,
);
const guarded = routes.filter(
  ([, , { operationId }]) => operationId !== 'receiveNotionWebhook',
);

/** Not refused for who it was: a job that is not there, or Notion that is not configured. */
const LET_THROUGH = [200, 202, 204, 404, 503];

describe('who may call', () => {
  const start = (options: Parameters<typeof startManualPublish>[2] = {}) =>
    startManualPublish(databases, 'SQLITE_3', {
      manualPublish: { solutions: SOLUTIONS },
      ...options,
    });

  const call = (
    portal: Awaited<ReturnType<typeof start>>,
    [method, url, operation]: (typeof routes)[number],
  ) => {
    const request = portal.call(
      method as Method,
      url.replace(BASE, '').replace('{job_id}', NO_ID),
    );
    const body = BODIES[operation.operationId];
    return body
      ? request.set('Content-Type', 'application/json').send(body)
      : request;
  };

  it('every operation is tried here', () => {
    expect(routes.map(([, , { operationId }]) => operationId).sort()).toEqual(
      [...operations.keys()].sort(),
    );
  });

  describe('with permissions', () => {
    let portal: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      portal = await start();
    });
    afterAll(() => portal.stop());

    it.each(guarded)('%s %s refuses nobody', async (...route) => {
      const response = await call(portal, route).set(
        'Authorization',
        mockCredentials.none.header(),
      );
      expect(response.status).toBe(401);
    });

    it.each(guarded)('%s %s refuses a broken token', async (...route) => {
      const response = await call(portal, route).set(
        'Authorization',
        'Bearer nonsense',
      );
      expect(response.status).toBe(401);
    });

    it.each(guarded)(
      '%s %s lets a user with the permission',
      async (...route) => {
        const response = await call(portal, route).set(
          'Authorization',
          mockCredentials.user.header(GUEST),
        );
        expect(LET_THROUGH).toContain(response.status);
      },
    );

    it.each(guarded)(
      '%s %s lets a service with the permission',
      async (...route) => {
        const response = await call(portal, route).set(
          'Authorization',
          mockCredentials.service.header(),
        );
        expect(LET_THROUGH).toContain(response.status);
      },
    );
  });

  describe('without the permission', () => {
    let portal: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      portal = await start({ permission: AuthorizeResult.DENY });
    });
    afterAll(() => portal.stop());

    it.each(guarded)('%s %s refuses a user', async (...route) => {
      const response = await call(portal, route).set(
        'Authorization',
        mockCredentials.user.header(GUEST),
      );
      expect(response.status).toBe(403);
    });

    it.each(guarded)('%s %s refuses a service', async (...route) => {
      const response = await call(portal, route).set(
        'Authorization',
        mockCredentials.service.header(),
      );
      expect(response.status).toBe(403);
    });
  });

  describe('where the host has permissions switched off', () => {
    const ask = async (
      manualPublish: object,
      userRef: string,
      url: string,
      body?: object,
    ) => {
      const portal = await start({
        config: { permission: { enabled: false } },
        manualPublish: { solutions: SOLUTIONS, ...manualPublish },
      });
      const response = body
        ? await portal.post(url, body, userRef)
        : await portal.get(url, userRef);
      await portal.stop();
      return response.status;
    };

    it('nobody publishes or administers who is not named', async () => {
      expect(await ask({}, GUEST, '/publish', BODIES.publish)).toBe(403);
      expect(await ask({}, GUEST, '/webhook/notion/verification')).toBe(403);
      expect(await ask({}, GUEST, '/work/dead')).toBe(403);
      expect(await ask({}, GUEST, '/jobs')).toBe(200);
    });

    it('publishers publish, administrators administer', async () => {
      const named = { publishers: [GUEST], administrators: [ADA] };
      // 503: it got as far as to the configuration, which lacks Notion.
      expect(await ask(named, GUEST, '/publish', BODIES.publish)).toBe(503);
      expect(await ask(named, GUEST, '/webhook/notion/verification')).toBe(403);
      expect(await ask(named, ADA, '/publish', BODIES.publish)).toBe(503);
      expect(await ask(named, ADA, '/webhook/notion/verification')).toBe(404);
      expect(await ask(named, GUEST, '/work/dead')).toBe(403);
      expect(await ask(named, ADA, '/work/dead')).toBe(200);
    });
  });

  it('refusals name what is missing in the configuration', async () => {
    const portal = await start();
    const response = await portal.post('/publish', BODIES.publish);
    expect(response.status).toBe(503);
    expect(response.body.error.message).toMatch(
      /manualPublish\.notion\.token.*manualPublish\.repository\.url/,
    );
    await portal.stop();
  });
});
