import { mockCredentials } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { GUEST } from '../__testUtils__/people';
import { startNotifications } from '../__testUtils__/startNotifications';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'what upstream’s senders leave empty, on %s',
  engine => {
    it('is taken for absent; spaces in a link are written as such', async () => {
      const portal = await startNotifications(databases, engine);
      const send = (
        path: '/' | '/notifications',
        recipients: object,
        payload: object,
      ) =>
        portal
          .call('post', path)
          .set(
            'Authorization',
            mockCredentials.service.header({
              onBehalfOf: mockCredentials.service('plugin:catalog'),
              targetPluginId: 'notifications',
            }),
          )
          .send({
            recipients: { type: 'entity', entityRef: GUEST, ...recipients },
            payload: { title: 'A title', ...payload },
          })
          .expect(200);
      await send(
        '/',
        { excludeEntityRef: null },
        {
          description: null,
          link: '',
          severity: null,
          topic: ' ',
          scope: '',
          icon: '',
          metadata: null,
        },
      );
      await send(
        '/notifications',
        {},
        { link: ' /docs/default/component/my docs ', scope: null },
      );
      const { body } = await portal.get('/notifications', GUEST).expect(200);
      expect(body).toMatchObject([
        { link: '/docs/default/component/my%20docs' },
        { title: 'A title', severity: 'normal' },
      ]);
      for (const name of ['message', 'link', 'topic', 'scope', 'icon']) {
        expect(body[1][name] ?? null).toBeNull();
      }
    });
  },
);
