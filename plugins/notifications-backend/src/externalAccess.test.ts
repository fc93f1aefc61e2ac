import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { testEngines } from '@herald/test-utils';
import { startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();
const MESSAGE = { origin: 'tests', title: 'A title' };
const TOKEN = 'a-static-token-of-an-external-caller';
const RESTRICTED = 'a-static-token-for-the-catalog-alone';

describe('the host’s own authentication', () => {
  const start = (notifications = {}) =>
    startNotifications(databases, 'SQLITE_3', {
      notifications,
      permission: 'host',
      features: [
        authServiceFactory,
        httpAuthServiceFactory,
        permissionsServiceFactory,
      ],
      config: {
        permission: { enabled: true },
        backend: {
          baseUrl: 'http://localhost:7007',
          auth: {
            externalAccess: [
              { type: 'static', options: { token: TOKEN, subject: 'ci' } },
              {
                type: 'static',
                options: { token: RESTRICTED, subject: 'reader' },
                accessRestrictions: [{ plugin: 'catalog' }],
              },
            ],
          },
        },
      },
    });

  it('lets an external access token send, and knows it by its subject', async () => {
    const portal = await start();
    await portal
      .call('post', '/notifications')
      .set('Authorization', `Bearer ${TOKEN}`)
      .send(MESSAGE)
      .expect(200);
    expect(await portal.knex('herald_message').pluck('sender')).toEqual([
      'service:ci',
    ]);
  });

  it.each([
    ['no token at all', undefined, 401],
    ['a token that nobody issued', 'Bearer nonsense', 401],
    ['an external token for another plugin', `Bearer ${RESTRICTED}`, 403],
  ])('refuses %s', async (_, authorization, status) => {
    const portal = await start();
    const request = portal.call('post', '/notifications').send(MESSAGE);
    await (authorization
      ? request.set('Authorization', authorization)
      : request
    ).expect(status);
    await portal.call('get', '/notifications').expect(401);
    expect(await portal.knex('herald_message')).toEqual([]);
  });

  it.each([
    ['put', '/preferences/defaults'],
    ['delete', '/people?userRef=user:default/guest'],
    ['get', '/work/dead'],
    ['get', '/imports'],
  ] as const)(
    'lets an external token %s %s only where it is named, although the host permits it everything',
    async (method, url) => {
      const call = async (administrators: string[]) => {
        const portal = await start({ administrators });
        return portal
          .call(method, url)
          .set('Authorization', `Bearer ${TOKEN}`)
          .send({ rules: [], mandatoryOrigins: [] });
      };
      const refused = await call(['service:reader']);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(
        'notifications.administrators',
      );
      expect((await call(['service:ci'])).status).toBe(200);
    },
  );

  it('lets an external token change what it has sent, and nothing else', async () => {
    const portal = await start();
    const bearer = { Authorization: `Bearer ${TOKEN}` };
    const { body } = await portal
      .call('post', '/notifications')
      .set(bearer)
      .send(MESSAGE)
      .expect(200);
    const patch = (id: string) =>
      portal
        .call('patch', `/notifications/${id}`)
        .set(bearer)
        .send({ title: 'Corrected' });
    await patch(body.messageId).expect(200);
    await patch(await portal.send(MESSAGE)).expect(403);
  });

  it('has no messages for an external token', async () => {
    const portal = await start();
    await portal
      .call('get', '/notifications')
      .set('Authorization', `Bearer ${TOKEN}`)
      .expect(403);
  });
});
