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
import { OpenApiContract } from '@herald/test-utils';
import { Knex } from 'knex';
import path from 'node:path';
import request from 'supertest';
import plugin from '../index';
import { people } from './people';

export const SECRET = 'test-secret';
export const BASE = '/api/notifications';

/** What every answer is held against, and which calls there are. */
export const contract = new OpenApiContract(
  path.resolve(__dirname, '../../openapi.yaml'),
);

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** The real plugin over HTTP on a real database; only the host's own services are stood in for. */
export async function startNotifications(
  databases: TestDatabases,
  engine: TestDatabaseId,
  options: {
    entities?: Entity[];
    config?: JsonObject;
    /** The plugin's own configuration; a secret is there unless it says otherwise. */
    notifications?: JsonObject;
    features?: BackendFeature[];
    catalog?: BackendFeature;
    knex?: Knex;
    /** What the permission framework answers; `host` leaves it to a feature that the test brings. */
    permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY | 'host';
  } = {},
) {
  const { permission = AuthorizeResult.ALLOW } = options;
  const knex = options.knex ?? (await databases.init(engine));
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          ...options.config,
          notifications: {
            externalCallerSecret: SECRET,
            ...options.notifications,
          },
        },
      }),
      ...(permission === 'host'
        ? []
        : [mockServices.permissions.factory({ result: permission })]),
      options.catalog ??
        catalogServiceMock.factory({ entities: options.entities ?? people }),
      ...(options.features ?? []),
    ],
  });
  const { server } = backend;
  /** Sets a request up; its answer is held against openapi.yaml. */
  const call = (method: Method, url: string) => {
    const [pathname] = url.split('?', 1);
    return request(server)
      [method](`${BASE}${url}`)
      .expect(response => {
        const wrong = contract.deviation(
          method,
          `${BASE}${pathname}`,
          response,
        );
        if (wrong) {
          throw new Error(wrong);
        }
      });
  };
  const as = (userRef: string) => mockCredentials.user.header(userRef);
  const get = (url: string, userRef: string) =>
    call('get', url).set('Authorization', as(userRef));

  return {
    server,
    stop: () => backend.stop(),
    knex,
    call,
    get,
    put: (url: string, userRef: string) =>
      call('put', url).set('Authorization', as(userRef)),
    /** Any call, as a user. */
    by: (userRef: string, method: Method, url: string) =>
      call(method, url).set('Authorization', as(userRef)),
    /** With the secret, whatever comes of it. */
    post: (body: string | object) =>
      call('post', '/notifications')
        .set('notifications-secret', SECRET)
        .set('Content-Type', 'application/json')
        .send(body),
    /** Sends with the secret and expects it to be accepted. */
    async send(notification: Partial<SendNotification> = {}): Promise<string> {
      const response = await call('post', '/notifications')
        .set('notifications-secret', SECRET)
        .send({ origin: 'tests', title: 'A title', ...notification })
        .expect(200);
      return response.body.messageId;
    },
    /** The titles on a page, in order. */
    async titles(userRef: string, query = ''): Promise<string[]> {
      const response = await get(`/notifications?${query}`, userRef).expect(
        200,
      );
      return response.body.map(({ title }: { title: string }) => title);
    },
    async count(userRef: string, query = ''): Promise<number> {
      const response = await get(
        `/notifications/count?${query}`,
        userRef,
      ).expect(200);
      return response.body.count;
    },
  };
}
