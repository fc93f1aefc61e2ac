import {
  BackendFeature,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  TestDatabaseId,
  TestDatabases,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { Job } from '@herald/backstage-plugin-manual-publish-common';
import { OpenApiContract, openStream } from '@herald/test-utils';
import { Knex } from 'knex';
import path from 'node:path';
import request from 'supertest';
import plugin from '../index';

export const BASE = '/api/manual-publish';
export const GUEST = 'user:default/guest';
export const ADA = 'user:default/ada';

export const contract = new OpenApiContract(
  path.resolve(__dirname, '../../openapi.yaml'),
);

export type Method = 'get' | 'post' | 'put' | 'delete';

export type Portal = Awaited<ReturnType<typeof startManualPublish>>;

/** The real plugin over HTTP on a real database; only the host's own services are stood in for. */
export async function startManualPublish(
  databases: TestDatabases,
  engine: TestDatabaseId,
  options: {
    /** The plugin's own configuration. */
    manualPublish?: JsonObject;
    config?: JsonObject;
    features?: BackendFeature[];
    knex?: Knex;
    /** Of other plugins that the test brings, by their id: each has a database of its own. */
    otherKnex?: Readonly<Record<string, Knex>>;
    /** What the permission framework answers; `host` leaves it to a feature that the test brings. */
    permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY | 'host';
  } = {},
) {
  const { permission = AuthorizeResult.ALLOW } = options;
  const knex = options.knex ?? (await databases.init(engine));
  const backend = await startTestBackend({
    features: [
      plugin,
      createServiceFactory({
        service: coreServices.database,
        deps: { plugin: coreServices.pluginMetadata },
        factory: ({ plugin: owner }) =>
          mockServices.database({
            knex: options.otherKnex?.[owner.getId()] ?? knex,
          }),
      }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          ...options.config,
          ...(options.manualPublish && {
            manualPublish: options.manualPublish,
          }),
        },
      }),
      ...(permission === 'host'
        ? []
        : [mockServices.permissions.factory({ result: permission })]),
      ...(options.features ?? []),
    ],
  });
  const { server } = backend;
  const port = server.port();
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
  const by = (userRef: string, method: Method, url: string) =>
    call(method, url).set(
      'Authorization',
      mockCredentials.user.header(userRef),
    );
  const watch = (id: string, lastEventId?: string, userRef = GUEST) =>
    openStream(`http://127.0.0.1:${port}${BASE}/watch/${id}`, {
      Authorization: mockCredentials.user.header(userRef),
      ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
    });

  return {
    knex,
    server,
    call,
    by,
    watch,
    url: `http://127.0.0.1:${port}${BASE}`,
    stop: () => backend.stop(),
    get: (url: string, userRef = GUEST) => by(userRef, 'get', url),
    post: (url: string, body: string | object = {}, userRef = GUEST) =>
      by(userRef, 'post', url)
        .set('Content-Type', 'application/json')
        .send(body),
    /** Asks for a job and waits until it has ended. */
    async publish(body: object, userRef = GUEST): Promise<Job> {
      const response = await by(userRef, 'post', '/publish')
        .send(body)
        .expect(202);
      const id: string = response.body.job_id;
      const stream = await watch(id);
      await stream.ended;
      return (await by(userRef, 'get', `/jobs/${id}`).expect(200)).body;
    },
  };
}
