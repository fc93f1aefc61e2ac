import {
  BackendFeature,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { DefaultNotificationService } from '@backstage/plugin-notifications-node';
import scaffolderModule from '@backstage/plugin-scaffolder-backend-module-notifications';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  TemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { testEngines } from '@herald/test-utils';
import { AddressInfo } from 'node:net';
import { ADA, BOB, GUEST, people } from '../__testUtils__/people';
import {
  BASE,
  SECRET,
  startNotifications,
} from '../__testUtils__/startNotifications';

const databases = testEngines();

const wallet: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'wallet', namespace: 'default' },
  spec: {},
  relations: [{ type: 'ownedBy', targetRef: 'group:default/department' }],
};
const orphan: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'orphan', namespace: 'default' },
  spec: {},
};
const entities = [...people, wallet, orphan];

describe.each(databases.eachSupportedId())(
  'the dialect of upstream’s senders on %s',
  engine => {
    const start = (options?: Parameters<typeof startNotifications>[2]) =>
      startNotifications(databases, engine, { entities, ...options });
    type Portal = Awaited<ReturnType<typeof start>>;

    /** Upstream's own sender, as the catalog's backend has it. */
    const upstreamSender = ({ server }: Portal) =>
      DefaultNotificationService.create({
        auth: mockServices.auth({ pluginId: 'catalog' }),
        discovery: {
          getBaseUrl: async () =>
            `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}`,
          getExternalBaseUrl: async () => '',
        },
      });

    const post = (portal: Portal, path: '/' | '/notifications', body: object) =>
      portal
        .call('post', path)
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service('plugin:catalog'),
            targetPluginId: 'notifications',
          }),
        )
        .send(body);

    const toGuest = (payload: object = {}) => ({
      recipients: { type: 'entity', entityRef: GUEST },
      payload: { title: 'A title', ...payload },
    });

    it('takes all that the unmodified sender sends, under its subject as origin', async () => {
      const portal = await start();
      await upstreamSender(portal).send({
        recipients: { type: 'entity', entityRef: GUEST },
        payload: {
          title: 'Entity gone',
          description: 'It was **orphaned**',
          link: '/catalog/default/component/wallet',
          severity: 'high',
          topic: 'entities',
          scope: 'wallet',
          icon: 'kind:component',
          metadata: { attempt: 2 },
        },
      });

      const { body } = await portal.get('/notifications', GUEST).expect(200);
      expect(body).toEqual([
        expect.objectContaining({
          origin: 'plugin:catalog',
          title: 'Entity gone',
          message: 'It was **orphaned**',
          link: '/catalog/default/component/wallet',
          severity: 'high',
          topic: 'entities',
          scope: 'wallet',
          icon: 'kind:component',
          metadata: { attempt: 2 },
          isSystem: false,
        }),
      ]);
      expect(await portal.knex('herald_message').pluck('sender')).toEqual([
        'service:plugin:catalog',
      ]);
    });

    it.each(['/', '/notifications'] as const)(
      'answers POST %s with an entry for each recipient',
      async path => {
        const portal = await start();
        const { body } = await post(portal, path, {
          recipients: {
            type: 'entity',
            entityRef: [GUEST, 'group:team', 'component:default/wallet'],
          },
          payload: { title: 'A title', description: 'Text' },
        }).expect(200);

        const entry = {
          id: expect.any(String),
          created: expect.any(String),
          origin: 'plugin:catalog',
          payload: {
            title: 'A title',
            description: 'Text',
            severity: 'normal',
          },
        };
        expect(body).toEqual([
          { ...entry, user: 'group:default/department' },
          { ...entry, user: 'group:default/team' },
          { ...entry, user: GUEST },
        ]);
        expect(new Set(body.map(({ id }: { id: string }) => id)).size).toBe(1);
        expect(await portal.titles(ADA)).toEqual(['A title']);
        expect(await portal.titles(BOB)).toEqual([]);
      },
    );

    it('sends a broadcast to everybody, once', async () => {
      const portal = await start();
      await upstreamSender(portal).send({
        recipients: { type: 'broadcast' },
        payload: { title: 'Hello all' },
      });
      expect(await portal.titles(BOB, 'messageScope=system')).toEqual([
        'Hello all',
      ]);
      const { body } = await post(portal, '/', {
        recipients: { type: 'broadcast' },
        payload: { title: 'Again' },
      }).expect(200);
      expect(body).toMatchObject([{ user: null, payload: { title: 'Again' } }]);
    });

    it('leaves out who is excluded', async () => {
      const portal = await start();
      await upstreamSender(portal).send({
        recipients: {
          type: 'entity',
          entityRef: 'group:default/department',
          excludeEntityRef: GUEST,
        },
        payload: { title: 'Not to guest' },
      });
      expect(await portal.titles(ADA)).toEqual(['Not to guest']);
      expect(await portal.titles(GUEST)).toEqual([]);
    });

    it('lets a later one of the same scope take the place of the earlier one', async () => {
      const portal = await start();
      const send = (title: string) =>
        post(portal, '/', toGuest({ title, scope: 'build-1' })).expect(200);
      const first = await send('Running');
      const second = await send('Done');
      expect(second.body[0].id).toBe(first.body[0].id);
      expect(await portal.titles(GUEST)).toEqual(['Done']);
    });

    it('leaves out recipients that nobody knows, and names them in the log', async () => {
      const logger = mockServices.logger.mock();
      const portal = await start({
        features: [logger.factory],
      });
      const { body } = await post(portal, '/', {
        recipients: {
          type: 'entity',
          entityRef: [
            GUEST,
            'user:default/nobody',
            'no ref at all',
            'component:default/orphan',
          ],
          excludeEntityRef: ['user:default/ghost'],
        },
        payload: { title: 'A title' },
      }).expect(200);
      expect(body.map(({ user }: { user: string }) => user)).toEqual([GUEST]);
      const warnings = logger.warn.mock.calls.map(([text]) => text).join('\n');
      for (const ref of [
        'user:default/nobody',
        'no ref at all',
        'component:default/orphan',
        'user:default/ghost',
      ]) {
        expect(warnings).toContain(`"${ref}"`);
      }
    });

    it.each([[[]], [['nonsense']], [['user:default/nobody']]])(
      'stores nothing and answers [] where nobody is left of %j',
      async entityRef => {
        const portal = await start();
        const { body } = await post(portal, '/', {
          recipients: { type: 'entity', entityRef },
          payload: { title: 'A title' },
        }).expect(200);
        expect(body).toEqual([]);
        expect(await portal.knex('herald_message')).toEqual([]);
      },
    );

    it('answers a repeated key as the first time, whoever has left since', async () => {
      const portal = await start();
      const send = (body: object) =>
        post(portal, '/', body).set('Idempotency-Key', 'once');
      const first = await send(toGuest()).expect(200);
      const second = await send(toGuest()).expect(200);
      expect(second.body).toEqual(first.body);
      expect(await portal.titles(GUEST)).toEqual(['A title']);
      await send(toGuest({ title: 'Another' })).expect(409);

      const later = await start({
        knex: portal.knex,
        entities: people.filter(({ metadata }) => metadata.name !== 'guest'),
      });
      const third = await post(later, '/', toGuest())
        .set('Idempotency-Key', 'once')
        .expect(200);
      expect(third.body).toEqual(first.body);
    });

    it.each([
      [
        { recipients: { type: 'entity', entityRef: GUEST }, payload: {} },
        /payload\.title/,
      ],
      [
        { recipients: { type: 'all' }, payload: { title: 't' } },
        /recipients\.type/,
      ],
      [
        {
          recipients: { type: 'broadcast' },
          payload: { title: 't', link: 'ftp://host/file' },
        },
        /payload\.link/,
      ],
      [
        {
          recipients: { type: 'broadcast' },
          payload: { title: 't', severity: 'urgent' },
        },
        /payload\.severity/,
      ],
    ])('names the field at fault in %j', async (body, field) => {
      const portal = await start();
      for (const path of ['/', '/notifications'] as const) {
        const response = await post(portal, path, body).expect(400);
        expect(response.body.error.message).toMatch(field);
      }
      expect(await portal.knex('herald_message')).toEqual([]);
    });

    it('opens POST /notifications to the secret, and never POST /', async () => {
      const portal = await start();
      const send = (path: string) =>
        portal
          .call('post', path)
          .set('Authorization', mockCredentials.none.header())
          .set('notifications-secret', SECRET)
          .send(toGuest());
      const { body } = await send('/notifications').expect(200);
      expect(body).toMatchObject([{ origin: 'external:notifications-secret' }]);
      await send('/').expect(401);
      expect(await portal.titles(GUEST)).toHaveLength(1);
    });

    it('does not let the secret stand in for a permission at POST /', async () => {
      const portal = await start({ permission: AuthorizeResult.DENY });
      const send = (path: string) =>
        portal
          .call('post', path)
          .set('Authorization', mockCredentials.user.header(ADA))
          .set('notifications-secret', SECRET)
          .send(toGuest());
      await send('/').expect(403);
      await send('/notifications').expect(200);
    });

    it('holds a broadcast of a user to the same rule as a native one, and audits it', async () => {
      const auditor = mockServices.auditor.mock();
      const entry = { success: jest.fn(), fail: jest.fn() };
      auditor.createEvent.mockResolvedValue(entry);
      const portal = await start({
        features: [auditor.factory],
        config: { permission: { enabled: false } },
      });
      await portal
        .call('post', '/')
        .set('Authorization', mockCredentials.user.header(GUEST))
        .send({ recipients: { type: 'broadcast' }, payload: { title: 't' } })
        .expect(403);
      expect(auditor.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({
          eventId: 'broadcast',
          meta: { sender: GUEST, origin: GUEST },
        }),
      );
      expect(entry.fail).toHaveBeenCalledTimes(1);
    });

    it('serves the scaffolder’s unmodified notification:send', async () => {
      const actions: TemplateAction<any, any, any>[] = [];
      const portal = await start({
        features: [scaffolderHost(actions), scaffolderModule],
      });
      const [action] = actions;
      expect(action.id).toBe('notification:send');
      const run = (input: object) =>
        action.handler(createMockActionContext({ input }));
      await run({
        recipients: 'entity',
        entityRefs: ['user:guest', 'group:default/department'],
        title: 'Scaffolded',
        info: 'It is there',
        severity: 'low',
      });
      await run({ recipients: 'broadcast', title: 'New template' });

      expect(await portal.titles(GUEST, 'messageScope=all')).toEqual([
        'New template',
        'Scaffolded',
      ]);
      expect(await portal.titles(ADA)).toEqual(['Scaffolded']);
      expect(await portal.knex('herald_message').pluck('origin')).toEqual([
        'plugin:scaffolder',
        'plugin:scaffolder',
      ]);
    });
  },
);

/** Enough of the scaffolder for its module to bring its actions to. */
function scaffolderHost(
  actions: TemplateAction<any, any, any>[],
): BackendFeature {
  return createBackendPlugin({
    pluginId: 'scaffolder',
    register(env) {
      env.registerExtensionPoint(scaffolderActionsExtensionPoint, {
        addActions: (...added) => void actions.push(...added),
      });
      env.registerInit({ deps: {}, init: async () => {} });
    },
  });
}
