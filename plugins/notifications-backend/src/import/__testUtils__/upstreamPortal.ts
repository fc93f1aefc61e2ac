import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import upstreamPlugin from '@backstage/plugin-notifications-backend';
import { NotificationSettings } from '@backstage/plugin-notifications-common';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import request from 'supertest';
import { people } from '../../__testUtils__/people';

/** Upstream's own backend, unmodified, on a database. */
export async function upstreamPortal(knex: Knex) {
  const backend = await startTestBackend({
    features: [
      upstreamPlugin,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: { app: { baseUrl: 'http://localhost:3000' } },
      }),
      catalogServiceMock.factory({
        // It looks from groups down.
        entities: people.map(entity =>
          entity.metadata.name === 'team'
            ? {
                ...entity,
                relations: [
                  {
                    type: 'hasMember',
                    targetRef: 'user:default/guest',
                  },
                ],
              }
            : entity,
        ),
      }),
    ],
  });
  const call = (path: string, authorization: string) =>
    request(backend.server)
      .post(`/api/notifications${path}`)
      .set('Authorization', authorization);
  const as = (userRef: string) => mockCredentials.user.header(userRef);
  return {
    /** @returns the ids, one a recipient */
    async send(
      recipients: NotificationSendOptions['recipients'],
      payload: NotificationSendOptions['payload'],
    ): Promise<string[]> {
      const { body } = await call(
        '/notifications',
        mockCredentials.service.header({
          onBehalfOf: mockCredentials.service('plugin:catalog'),
          targetPluginId: 'notifications',
        }),
      )
        .send({ recipients, payload })
        .expect(200);
      return body.map(({ id }: { id: string }) => id);
    },
    async update(
      userRef: string,
      ids: string[],
      state: { read?: boolean; saved?: boolean },
    ) {
      await call('/update', as(userRef))
        .send({ ids, ...state })
        .expect(200);
    },
    async settings(userRef: string, settings: NotificationSettings) {
      await call('/settings', as(userRef)).send(settings).expect(200);
    },
    stop: () => backend.stop(),
  };
}
