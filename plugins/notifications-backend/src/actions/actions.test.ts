import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import {
  BackstageCredentials,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  ActionsService,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import {
  recentNotificationsQuerySchema,
  sendNotificationSchema,
  updateReadQuerySchema,
} from '@herald/backstage-plugin-notifications-common';
import { testEngines } from '@herald/test-utils';
import { z } from 'zod';
import { ADA, BOB, GUEST } from '../__testUtils__/people';
import { startNotifications } from '../__testUtils__/startNotifications';

const databases = testEngines();
const NO_ID = '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11';

/** The plugin, and another one that calls its actions over HTTP with the credentials of whom it serves, as the MCP backend does. */
async function start(options: Parameters<typeof startNotifications>[2] = {}) {
  let actions: ActionsService | undefined;
  const client = createBackendPlugin({
    pluginId: 'mcp-client',
    register(env) {
      env.registerInit({
        deps: { service: actionsServiceRef },
        async init({ service }) {
          actions = service;
        },
      });
    },
  });
  const portal = await startNotifications(databases, 'SQLITE_3', {
    ...options,
    config: {
      permission: { enabled: true },
      ...options.config,
      backend: { actions: { pluginSources: ['notifications'] } },
    },
    features: [
      actionsRegistryServiceFactory,
      actionsServiceFactory,
      client,
      ...(options.features ?? []),
    ],
  });
  const service = actions as ActionsService;
  return {
    ...portal,
    list: async () =>
      (await service.list({ credentials: mockCredentials.user(GUEST) }))
        .actions,
    invoke: async (
      name: string,
      input: JsonObject,
      credentials: BackstageCredentials,
    ): Promise<any> =>
      (
        await service.invoke({
          id: `notifications:${name}`,
          input,
          credentials,
        })
      ).output,
  };
}

const as = (userRef: string) => mockCredentials.user(userRef);
const MESSAGE = {
  origin: 'assistant',
  title: 'From a program',
  targetUsers: ['default/ada'],
};

describe('actions', () => {
  it('are offered with what they do', async () => {
    const portal = await start();
    const actions = await portal.list();
    expect(
      actions.map(({ id, attributes }) => [id, attributes.readOnly]),
    ).toEqual([
      ['notifications:send-notification', false],
      ['notifications:list-notifications', true],
      ['notifications:mark-notifications-read', false],
    ]);
  });

  it('send, list and mark, as who calls', async () => {
    const portal = await start();
    const { messageId } = await portal.invoke(
      'send-notification',
      MESSAGE,
      as(GUEST),
    );
    expect(await portal.knex('herald_message').pluck('sender')).toEqual([
      GUEST,
    ]);
    const listed = await portal.invoke('list-notifications', {}, as(ADA));
    expect(listed.notifications).toEqual([
      expect.objectContaining({
        id: messageId,
        title: 'From a program',
        readByUser: false,
      }),
    ]);
    expect(await portal.invoke('list-notifications', {}, as(BOB))).toEqual({
      notifications: [],
    });

    const mark = { messageId: [messageId], read: true };
    expect(
      await portal.invoke('mark-notifications-read', mark, as(ADA)),
    ).toEqual({ marked: 1 });
    expect(await portal.count(ADA, 'read=false')).toBe(0);
    await expect(
      portal.invoke('mark-notifications-read', mark, as(BOB)),
    ).rejects.toMatchObject({ statusCode: 404 });
  });

  it('send once for one key', async () => {
    const portal = await start();
    const input = { ...MESSAGE, idempotencyKey: 'k' };
    const first = await portal.invoke('send-notification', input, as(GUEST));
    expect(await portal.invoke('send-notification', input, as(GUEST))).toEqual(
      first,
    );
    expect(await portal.titles(ADA)).toHaveLength(1);
  });

  it('let a plugin send, and neither list nor mark', async () => {
    const portal = await start();
    const plugin = mockCredentials.service('plugin:assistant');
    await portal.invoke('send-notification', MESSAGE, plugin);
    expect(await portal.knex('herald_message').pluck('sender')).toEqual([
      expect.stringMatching(/^service:plugin:/),
    ]);
    for (const [name, input] of [
      ['list-notifications', {}],
      ['mark-notifications-read', { messageId: [NO_ID], read: true }],
    ] as const) {
      await expect(
        portal.invoke(name, { ...input } as JsonObject, plugin),
      ).rejects.toMatchObject({ statusCode: 403 });
    }
  });

  it('are refused without the permission', async () => {
    const portal = await start({ permission: AuthorizeResult.DENY });
    for (const [name, input] of [
      ['send-notification', MESSAGE],
      ['list-notifications', {}],
      ['mark-notifications-read', { messageId: [NO_ID], read: true }],
    ] as const) {
      await expect(
        portal.invoke(name, { ...input } as JsonObject, as(GUEST)),
      ).rejects.toMatchObject({ statusCode: 403 });
    }
    expect(await portal.knex('herald_message')).toEqual([]);
  });

  it('tell the audit log of a sender who was refused', async () => {
    const auditor = mockServices.auditor.mock();
    const entry = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(entry);
    const portal = await start({
      features: [auditor.factory],
      permission: AuthorizeResult.DENY,
    });
    await expect(
      portal.invoke('send-notification', MESSAGE, as(GUEST)),
    ).rejects.toMatchObject({ statusCode: 403 });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'send' }),
    );
    expect(entry.fail).toHaveBeenCalledTimes(1);
  });

  it('hold a broadcast to the rule for broadcasts, and audit it', async () => {
    const auditor = mockServices.auditor.mock();
    const entry = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(entry);
    const portal = await start({
      features: [auditor.factory],
      config: { permission: { enabled: false } },
    });
    const { targetUsers: _, ...broadcast } = MESSAGE;
    await expect(
      portal.invoke('send-notification', broadcast, as(GUEST)),
    ).rejects.toMatchObject({ statusCode: 403 });
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'broadcast' }),
    );
    expect(entry.fail).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a target that is misspelt', { ...MESSAGE, targetUser: ['default/bob'] }],
    ['a link that may not be shown', { ...MESSAGE, link: 'ftp://host/file' }],
    ['no title', { origin: 'assistant' }],
    ['a title of nothing but spaces', { ...MESSAGE, title: '   ' }],
  ])('refuse %s', async (_, input) => {
    const portal = await start();
    await expect(
      portal.invoke('send-notification', input, as(GUEST)),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect(await portal.knex('herald_message')).toEqual([]);
  });

  describe('have inputs like those of the routes', () => {
    it.each([
      ['send-notification', sendNotificationSchema, ['idempotencyKey']],
      ['list-notifications', recentNotificationsQuerySchema, []],
      ['mark-notifications-read', updateReadQuerySchema, []],
    ] as const)('%s', async (name, schema, additions) => {
      const portal = await start();
      const action = (await portal.list()).find(
        ({ name: its }) => its === name,
      );
      const offered = shape(action?.schema.input) as Shape;
      const native = shape(
        // `z.object` again, because the schema's name would make it a reference.
        z.toJSONSchema(z.strictObject((schema as z.ZodObject).shape), {
          io: 'input',
        }),
      ) as Shape;
      const names = Object.keys(offered.properties).filter(
        field => !(additions as readonly string[]).includes(field),
      );
      expect(names.length).toBeGreaterThan(1);
      for (const field of names) {
        expect({ [field]: offered.properties[field] }).toEqual({
          [field]: native.properties[field],
        });
      }
      expect([...(offered.required ?? [])].sort()).toEqual(
        [...(native.required ?? [])].sort(),
      );
      expect(offered.additionalProperties).toBe(native.additionalProperties);
    });
  });
});

type Shape = {
  properties: Record<string, unknown>;
  required?: string[];
  additionalProperties?: boolean;
};

/** A JSON schema without what does not constrain, and without what the two versions of zod write differently. */
function shape(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(shape);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([key]) =>
          !['$schema', 'description', 'examples', 'pattern', 'id'].includes(
            key,
          ),
      )
      .map(([key, value]) => [key, shape(value)]),
  );
}
