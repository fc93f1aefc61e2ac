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
  const start = () =>
    startNotifications(databases, 'SQLITE_3', {
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

  it('has no messages for an external token', async () => {
    const portal = await start();
    await portal
      .call('get', '/notifications')
      .set('Authorization', `Bearer ${TOKEN}`)
      .expect(403);
  });
});
