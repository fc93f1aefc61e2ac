import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  Operation,
  notificationsOperations,
} from '@herald/backstage-plugin-notifications-common';
import { testEngines } from '@herald/test-utils';
import { GUEST } from './__testUtils__/people';
import {
  BASE,
  Method,
  SECRET,
  contract,
  startNotifications,
} from './__testUtils__/startNotifications';

const databases = testEngines();
const MESSAGE = {
  origin: 'tests',
  title: 'A title',
  targetUsers: ['default/guest'],
};
const NO_ID = '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11';

/** Enough of a valid request for each operation, so that only the caller can be at fault. */
const VALID: Record<string, { query?: string; body?: object }> = {
  sendNotification: { body: MESSAGE },
  sendAsUpstream: {
    body: {
      recipients: { type: 'entity', entityRef: GUEST },
      payload: { title: 'A title' },
    },
  },
  listNotifications: {},
  countNotifications: {},
  latestNotification: {},
  streamNotifications: {},
  getNotification: {},
  updateRead: { query: `?messageId=${NO_ID}&read=true` },
  updateArchived: { query: `?messageId=${NO_ID}&archived=true` },
  updateSaved: { query: `?messageId=${NO_ID}&saved=true` },
  markAllRead: {},
  clearNotifications: {},
  readNotification: {},
  correctNotification: { body: { title: 'Better' } },
  withdrawNotification: {},
  getPreferences: {},
  updatePreferences: { body: { rules: [] } },
  getPreferenceDefaults: {},
  updatePreferenceDefaults: { body: { rules: [], mandatoryOrigins: [] } },
  listDeadWork: {},
  redriveWork: { body: { kind: 'process:Email' } },
  discardWork: { body: { kind: 'process:Email' } },
  erasePerson: { query: `?userRef=${GUEST}` },
  listImports: {},
  startImport: { body: { source: 'upstream', dryRun: true } },
};

const operations = new Map(
  Object.values(notificationsOperations).map(operation => [
    operation.id as string,
    operation as Operation,
  ]),
);

const routes = contract.operations.map(
  ({ method, url, operation }) => [method, url, operation] as const,
);

/** Not refused for who it was: the message that some name is not there. */
const LET_THROUGH = [200, 204, 404];
const ANY_ID = '00000000-0000-7000-8000-000000000000';

describe('who may call', () => {
  const start = (options?: Parameters<typeof startNotifications>[2]) =>
    startNotifications(databases, 'SQLITE_3', options);

  const call = (
    portal: Awaited<ReturnType<typeof start>>,
    [method, url, operation]: (typeof routes)[number],
  ) => {
    const { query = '', body } = VALID[operation.operationId];
    return portal
      .call(
        method as Method,
        `${url.slice(BASE.length).replace('{id}', NO_ID)}${query}`,
      )
      .send(body);
  };

  it('has a valid request for every documented operation', () => {
    expect(Object.keys(VALID).sort()).toEqual(
      routes.map(([, , { operationId }]) => operationId).sort(),
    );
  });

  describe.each(routes)('%s %s', (...route) => {
    const callers = operations.get(route[2].operationId)?.callers ?? [];

    it('answers 401 to nobody', async () => {
      const portal = await start();
      await call(portal, route)
        .set('Authorization', mockCredentials.none.header())
        .expect(401);
    });

    it('answers 401 to a broken token', async () => {
      const portal = await start();
      await call(portal, route)
        .set('Authorization', mockCredentials.user.invalidHeader())
        .expect(401);
    });

    it('answers 403 to a user without the permission', async () => {
      const portal = await start({ permission: AuthorizeResult.DENY });
      const { body } = await call(portal, route)
        .set('Authorization', mockCredentials.user.header(GUEST))
        .expect(403);
      expect(body.error.name).toBe('NotAllowedError');
      expect(await portal.knex('herald_message')).toEqual([]);
    });

    const service = callers.includes('service') ? LET_THROUGH : [403];
    it(`answers ${service.join(' or ')} to a plugin`, async () => {
      const portal = await start();
      const { status } = await call(portal, route).set(
        'Authorization',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:scaffolder'),
          targetPluginId: 'notifications',
        }),
      );
      expect(service).toContain(status);
    });

    const secret = callers.includes('secret') ? LET_THROUGH : [401];
    it(`answers ${secret.join(
      ' or ',
    )} to the holder of the secret`, async () => {
      const portal = await start();
      const { status } = await call(portal, route)
        .set('Authorization', mockCredentials.none.header())
        .set('notifications-secret', SECRET);
      expect(secret).toContain(status);
    });
  });

  it.each([
    ['wrong', 'not-the-secret'],
    ['empty', ''],
    ['a prefix of it', SECRET.slice(0, -1)],
    ['given twice', `${SECRET}, ${SECRET}`],
  ])(
    'refuses a secret that is %s, even beside a good token',
    async (_, secret) => {
      const portal = await start();
      const { body } = await portal
        .call('post', '/notifications')
        .set('Authorization', mockCredentials.service.header())
        .set('notifications-secret', secret)
        .send(MESSAGE)
        .expect(401);
      expect(JSON.stringify(body)).not.toContain(SECRET);
    },
  );

  it('lets nobody in because no secret is configured', async () => {
    const portal = await start({
      notifications: { externalCallerSecret: undefined },
    });
    for (const secret of ['', 'undefined', SECRET]) {
      await portal
        .call('post', '/notifications')
        .set('notifications-secret', secret)
        .send(MESSAGE)
        .expect(401);
    }
  });

  it('does not start with an empty secret, and names the key', async () => {
    await expect(
      start({ notifications: { externalCallerSecret: '' } }),
    ).rejects.toThrow(/notifications\.externalCallerSecret/);
  });

  it('lets anonymous callers send only where that is switched on', async () => {
    const portal = await start({
      notifications: { dangerouslyAllowAnonymousSenders: true },
    });
    const nobody = { Authorization: mockCredentials.none.header() };
    await portal
      .call('post', '/notifications')
      .set(nobody)
      .send(MESSAGE)
      .expect(200);
    await portal.call('get', '/notifications').set(nobody).expect(401);
    expect(await portal.knex('herald_message').pluck('sender')).toEqual([
      'external:anonymous',
    ]);
  });

  it('stores who sent, whatever the origin claims', async () => {
    const portal = await start();
    const send = (headers: Record<string, string>) =>
      portal
        .call('post', '/notifications')
        .set(headers)
        .send({ ...MESSAGE, origin: 'user:default/ada' })
        .expect(200);
    await send({ 'notifications-secret': SECRET });
    await send({ Authorization: mockCredentials.service.header() });
    await send({ Authorization: mockCredentials.user.header(GUEST) });

    expect(
      await portal.knex('herald_message').orderBy('seq').pluck('sender'),
    ).toEqual([
      'external:notifications-secret',
      'service:external:test-service',
      GUEST,
    ]);
  });

  it('writes every broadcast into the audit log of the host, the refused one too, and nothing else', async () => {
    const auditor = mockServices.auditor.mock();
    const entry = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(entry);
    const portal = await start({
      features: [auditor.factory],
      config: { permission: { enabled: false } },
    });
    const send = (body: object) =>
      portal
        .call('post', '/notifications')
        .set('Authorization', mockCredentials.user.header(GUEST))
        .send(body);

    await send(MESSAGE).expect(200);
    expect(auditor.createEvent).not.toHaveBeenCalled();
    await portal.send({ origin: 'ops' });
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'broadcast',
        meta: { sender: 'external:notifications-secret', origin: 'ops' },
      }),
    );
    expect(entry.success).toHaveBeenCalledTimes(1);
    await send({ origin: 'o', title: 't' }).expect(403);
    expect(entry.fail).toHaveBeenCalledTimes(1);
  });

  it('writes a sender who was not let through into the audit log of the host', async () => {
    const auditor = mockServices.auditor.mock();
    const entry = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(entry);
    const portal = await start({
      features: [auditor.factory],
      permission: AuthorizeResult.DENY,
    });
    const send = (headers: Record<string, string>) =>
      portal.call('post', '/notifications').set(headers).send(MESSAGE);

    await send({ Authorization: mockCredentials.user.header(GUEST) }).expect(
      403,
    );
    await send({ 'notifications-secret': 'wrong' }).expect(401);
    expect(auditor.createEvent).toHaveBeenCalledTimes(2);
    expect(entry.fail).toHaveBeenCalledTimes(2);
    expect(entry.success).not.toHaveBeenCalled();
  });

  it.each([
    ['preference-defaults', 'put', '/preferences/defaults'],
    ['erase', 'delete', `/people?userRef=${GUEST}`],
    ['import', 'post', '/imports'],
    ['correct', 'patch', `/notifications/${ANY_ID}`],
    ['withdraw', 'delete', `/notifications/${ANY_ID}`],
  ] as const)(
    'writes it into the audit log of the host when %s is refused',
    async (eventId, method, url) => {
      const auditor = mockServices.auditor.mock();
      const entry = { success: jest.fn(), fail: jest.fn() };
      auditor.createEvent.mockResolvedValue(entry);
      const portal = await start({
        features: [auditor.factory],
        permission: AuthorizeResult.DENY,
      });
      await portal.by(GUEST, method, url).send({}).expect(403);
      expect(auditor.createEvent).toHaveBeenCalledTimes(1);
      expect(auditor.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({ eventId }),
      );
      expect(entry.fail).toHaveBeenCalledTimes(1);
    },
  );

  it('answers 404 to a user who is not in the catalog', async () => {
    const portal = await start();
    const { body } = await portal
      .get('/notifications', 'user:default/stranger')
      .expect(404);
    expect(body.error.message).toBe(
      'User user:default/stranger is not in the catalog',
    );
  });

  describe('with the permissions of the host switched off', () => {
    const off = (broadcasters?: string[]) =>
      start({
        config: { permission: { enabled: false } },
        notifications: { broadcasters },
      });
    const broadcast = (
      portal: Awaited<ReturnType<typeof start>>,
      targets = {},
    ) =>
      portal
        .call('post', '/notifications')
        .set('Authorization', mockCredentials.user.header(GUEST))
        .send({ origin: 'tests', title: 'A title', ...targets });

    it('lets a user send to somebody, and nobody to everybody', async () => {
      const portal = await off();
      await broadcast(portal, { targetUsers: ['default/ada'] }).expect(200);
      const { body } = await broadcast(portal).expect(403);
      expect(body.error.message).toMatch(/notifications\.broadcasters/);
    });

    it.each([[GUEST], ['Group:default/Company']])(
      'lets %s send to everybody when named',
      async ref => {
        await broadcast(await off([ref])).expect(200);
        await broadcast(await off(['user:default/ada'])).expect(403);
      },
    );
  });
});
