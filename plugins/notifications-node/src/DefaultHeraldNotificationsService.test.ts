import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// What the service is held against: the real plugin.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import notificationsBackend from '@herald/backstage-plugin-notifications-backend';
import { AddressInfo } from 'node:net';
import {
  IncomingMessage,
  Server,
  ServerResponse,
  createServer,
} from 'node:http';
import { DefaultHeraldNotificationsService } from './DefaultHeraldNotificationsService';
import { HeraldNotificationsService } from './HeraldNotificationsService';
import { heraldNotificationsServiceRef } from './heraldNotificationsServiceRef';

jest.setTimeout(60_000);

const GUEST = 'user:default/guest';
const MESSAGE = {
  origin: 'tests',
  title: 'A title',
  targetUsers: ['default/guest'],
};
const people = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name: 'guest', namespace: 'default' },
    spec: {},
  },
];

/** The real notifications plugin, and a plugin that depends on the service. */
async function startPortal() {
  let service: HeraldNotificationsService | undefined;
  let baseUrl = '';
  const sender = createBackendPlugin({
    pluginId: 'sender',
    register(env) {
      env.registerInit({
        deps: {
          notifications: heraldNotificationsServiceRef,
          discovery: coreServices.discovery,
        },
        async init({ notifications, discovery }) {
          service = notifications;
          baseUrl = await discovery.getBaseUrl('notifications');
        },
      });
    },
  });
  const { server } = await startTestBackend({
    features: [
      notificationsBackend,
      sender,
      mockServices.rootConfig.factory({
        data: { permission: { enabled: false } },
      }),
      catalogServiceMock.factory({ entities: people }),
    ],
  });
  const port = (server.address() as AddressInfo).port;
  const url = baseUrl.replace(/:\d+/, `:${port}`);
  return {
    url,
    service: service as HeraldNotificationsService,
    async titles(): Promise<string[]> {
      const response = await fetch(`${url}/notifications`, {
        headers: { Authorization: mockCredentials.user.header(GUEST) },
      });
      const list = (await response.json()) as { title: string }[];
      return list.map(({ title }) => title);
    },
  };
}

/** Stands between the caller and the plugin, and does with each request in turn what it is told; then it lets all pass. */
async function startProxy(
  target: string,
  faults: ((
    pass: () => Promise<{ status: number; body: string }>,
    res: ServerResponse,
    req: IncomingMessage,
  ) => Promise<void>)[],
) {
  const keys: (string | undefined)[] = [];
  const server: Server = createServer(async (req, res) => {
    keys.push(req.headers['idempotency-key'] as string | undefined);
    const chunks: Buffer[] = [];
    for await (const chunk of req) {
      chunks.push(chunk as Buffer);
    }
    const pass = async () => {
      const answer = await fetch(`${target}${req.url}`, {
        method: req.method,
        headers: {
          'content-type': 'application/json',
          ...pick(req, 'authorization'),
          ...pick(req, 'idempotency-key'),
        },
        body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
      });
      return { status: answer.status, body: await answer.text() };
    };
    const fault = faults.shift();
    if (fault) {
      await fault(pass, res, req);
      return;
    }
    const { status, body } = await pass();
    res.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    keys,
    service: DefaultHeraldNotificationsService.create({
      auth: mockServices.auth({ pluginId: 'sender' }),
      discovery: {
        getBaseUrl: async () => `http://127.0.0.1:${port}`,
        getExternalBaseUrl: async () => '',
      },
      retries: { retries: 3, firstWaitMs: 10, longestWaitMs: 2_000 },
    }),
    close: () => new Promise(resolve => server.close(resolve)),
  };
}

function pick(req: IncomingMessage, name: string): Record<string, string> {
  const value = req.headers[name];
  return typeof value === 'string' ? { [name]: value } : {};
}

describe('the notifications service', () => {
  it('sends, corrects and withdraws, as the plugin that depends on it', async () => {
    const portal = await startPortal();
    const { messageId } = await portal.service.send(MESSAGE);
    expect(await portal.titles()).toEqual(['A title']);

    const corrected = await portal.service.correct(messageId, {
      title: 'Another title',
    });
    expect(corrected).toMatchObject({ id: messageId, title: 'Another title' });
    expect(await portal.titles()).toEqual(['Another title']);

    await portal.service.withdraw(messageId);
    expect(await portal.titles()).toEqual([]);
  });

  it('sends on behalf of whom it is told', async () => {
    const portal = await startPortal();
    const { messageId } = await portal.service.send(MESSAGE, {
      credentials: mockCredentials.user(GUEST),
    });
    // The user's message, so not the plugin's to ask for on behalf of somebody else.
    await expect(
      portal.service.withdraw(messageId, {
        credentials: mockCredentials.user('user:default/ada'),
      }),
    ).rejects.toMatchObject({ statusCode: 403 });
    await portal.service.withdraw(messageId, {
      credentials: mockCredentials.user(GUEST),
    });
    expect(await portal.titles()).toEqual([]);
  });

  it('sends twice what it is given twice without a key, and once with one', async () => {
    const portal = await startPortal();
    const first = await portal.service.send(MESSAGE);
    const second = await portal.service.send(MESSAGE);
    expect(second.messageId).not.toBe(first.messageId);

    const options = { idempotencyKey: 'build-1' };
    const third = await portal.service.send(MESSAGE, options);
    expect(await portal.service.send(MESSAGE, options)).toEqual(third);
    expect(await portal.titles()).toHaveLength(3);
  });

  it('sends once where the answer is lost after the message was stored', async () => {
    const portal = await startPortal();
    const proxy = await startProxy(portal.url, [
      async (pass, res) => {
        await pass();
        res.destroy();
      },
    ]);
    await proxy.service.send(MESSAGE);
    await proxy.close();

    expect(proxy.keys).toHaveLength(2);
    expect(proxy.keys[0]).toBe(proxy.keys[1]);
    expect(await portal.titles()).toEqual(['A title']);
  });

  it('takes a message for withdrawn that an attempt without an answer has withdrawn', async () => {
    const portal = await startPortal();
    const proxy = await startProxy(portal.url, [
      async (pass, res) => {
        await pass();
        res.destroy();
      },
    ]);
    const { messageId } = await portal.service.send(MESSAGE);
    await proxy.service.withdraw(messageId);
    await proxy.close();
    expect(await portal.titles()).toEqual([]);
  });

  it('waits as long as Retry-After asks', async () => {
    const portal = await startPortal();
    const refuse =
      (status: number) => async (_: unknown, res: ServerResponse) => {
        res.writeHead(status, { 'retry-after': '1' }).end('{}');
      };
    const proxy = await startProxy(portal.url, [refuse(503), refuse(429)]);
    const start = performance.now();
    await proxy.service.send(MESSAGE);
    await proxy.close();
    expect(performance.now() - start).toBeGreaterThan(1_990);
    expect(await portal.titles()).toEqual(['A title']);
  });

  it('does not wait for a server that asks for too much, and says what it said', async () => {
    const portal = await startPortal();
    const proxy = await startProxy(portal.url, [
      async (_, res) => {
        res.writeHead(429, { 'retry-after': '3600' }).end('{}');
      },
    ]);
    await expect(proxy.service.send(MESSAGE)).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 429,
    });
    await proxy.close();
    expect(proxy.keys).toHaveLength(1);
  });

  it('throws at once what is the caller’s own fault', async () => {
    const portal = await startPortal();
    const proxy = await startProxy(portal.url, []);
    await expect(
      proxy.service.send({ ...MESSAGE, targetUsers: ['default/nobody'] }),
    ).rejects.toMatchObject({ statusCode: 404 });
    await proxy.close();
    expect(proxy.keys).toHaveLength(1);
  });

  it('gives up in the end, with the last error', async () => {
    const portal = await startPortal();
    const down = async (_: unknown, res: ServerResponse) => {
      res.writeHead(503).end('{}');
    };
    const proxy = await startProxy(portal.url, [down, down, down, down]);
    await expect(proxy.service.send(MESSAGE)).rejects.toMatchObject({
      statusCode: 503,
    });
    await proxy.close();
    expect(proxy.keys).toHaveLength(4);
  });
});
