import { BackendFeature } from '@backstage/backend-plugin-api';
import {
  TestDatabaseId,
  TestDatabases,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { SendNotification } from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import request from 'supertest';
import plugin from '../index';
import { people } from './people';

export const SECRET = 'test-secret';
export const BASE = '/api/notifications';

/** The real plugin over HTTP on a real database; only the host's own services are stood in for. */
export async function startNotifications(
  databases: TestDatabases,
  engine: TestDatabaseId,
  options: {
    entities?: Entity[];
    config?: JsonObject;
    features?: BackendFeature[];
    knex?: Knex;
  } = {},
) {
  const knex = options.knex ?? (await databases.init(engine));
  const { server } = await startTestBackend({
    features: [
      plugin,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          notifications: { externalCallerSecret: SECRET },
          ...options.config,
        },
      }),
      mockServices.permissions.factory({ result: AuthorizeResult.ALLOW }),
      catalogServiceMock.factory({ entities: options.entities ?? people }),
      ...(options.features ?? []),
    ],
  });
  const as = (userRef: string) => mockCredentials.user.header(userRef);

  return {
    server,
    knex,
    as,
    /** Sends with the secret and expects it to be accepted. */
    async send(notification: Partial<SendNotification> = {}): Promise<string> {
      const response = await request(server)
        .post(`${BASE}/notifications`)
        .set('notifications-secret', SECRET)
        .send({ origin: 'tests', title: 'A title', ...notification });
      if (response.status !== 200) {
        throw new Error(`${response.status} ${response.text}`);
      }
      return response.body.messageId;
    },
    get: (path: string, userRef: string) =>
      request(server).get(`${BASE}${path}`).set('Authorization', as(userRef)),
    put: (path: string, userRef: string) =>
      request(server).put(`${BASE}${path}`).set('Authorization', as(userRef)),
    /** The titles on a page, in order. */
    async titles(userRef: string, query = ''): Promise<string[]> {
      const response = await request(server)
        .get(`${BASE}/notifications?${query}`)
        .set('Authorization', as(userRef));
      if (response.status !== 200) {
        throw new Error(`${response.status} ${response.text}`);
      }
      return response.body.map(({ title }: { title: string }) => title);
    },
    async count(userRef: string, query = ''): Promise<number> {
      const response = await request(server)
        .get(`${BASE}/notifications/count?${query}`)
        .set('Authorization', as(userRef));
      if (response.status !== 200) {
        throw new Error(`${response.status} ${response.text}`);
      }
      return response.body.count;
    },
  };
}
