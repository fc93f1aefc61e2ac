import { Entity } from '@backstage/catalog-model';
import { SendNotification } from '@herald/backstage-plugin-notifications-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST, people } from './__testUtils__/people';
import { SECRET, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();

function owned(name: string, owners: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: owners.map(targetRef => ({ type: 'ownedBy', targetRef })),
  };
}

const entities = [
  ...people,
  owned('wallet', ['group:default/department']),
  owned('orphan', []),
];

describe.each(databases.eachSupportedId())(
  'targets and scope on %s',
  engine => {
    const start = (notifications = {}) =>
      startNotifications(databases, engine, { entities, notifications });

    it('reaches the owners of an entity', async () => {
      const portal = await start();
      await portal.send({
        title: 'for owners',
        targetEntities: ['Component:default/Wallet'],
      });
      expect(await portal.titles(GUEST)).toEqual(['for owners']);
      expect(await portal.titles(ADA)).toEqual(['for owners']);
      expect(await portal.titles(BOB)).toEqual([]);
    });

    it('refuses an entity that nobody owns, or that is not there, instead of telling everybody', async () => {
      const portal = await start();
      for (const [ref, message] of [
        ['component:default/orphan', 'Nobody in the catalog owns'],
        ['component:default/gone', 'Not in the catalog'],
      ]) {
        const { body } = await portal
          .post({ origin: 'o', title: 't', targetEntities: [ref] })
          .expect(404);
        expect(body.error.message).toContain(`${message}: ${ref}`);
      }
      for (const ref of ['wallet', 'default/wallet', 'component:wallet', '']) {
        const { body } = await portal
          .post({ origin: 'o', title: 't', targetEntities: [ref] })
          .expect(400);
        expect(body.error.message).toMatch(/^Field targetEntities\.0: /);
      }
      expect(await portal.knex('herald_message')).toEqual([]);
    });

    it('leaves out who is excluded, as a user or through a group', async () => {
      const portal = await start();
      await portal.send({
        title: 'without guest',
        targetGroups: ['default/company'],
        excludedEntities: [GUEST],
      });
      await portal.send({
        title: 'without the department',
        excludedEntities: ['group:default/department'],
      });
      await portal.send({
        title: 'without the owners',
        excludedEntities: ['component:default/wallet'],
      });
      const all = 'messageScope=all';
      expect(await portal.titles(GUEST, all)).toEqual([]);
      expect(await portal.count(GUEST, `${all}&read=false`)).toBe(0);
      expect(await portal.titles(ADA, all)).toEqual(['without guest']);
      expect(await portal.titles(BOB, all)).toEqual([
        'without the owners',
        'without the department',
      ]);
      const [id] = await portal
        .knex('herald_message')
        .where({ title: 'without guest' })
        .pluck('id');
      await portal.get(`/notifications/${id}`, GUEST).expect(404);
      await portal
        .put(`/notifications/read?messageId=${id}&read=true`, GUEST)
        .expect(404);
    });

    it('puts a later message of the same scope in the place of the earlier one', async () => {
      const portal = await start();
      const build = {
        scope: 'build-7',
        targetGroups: ['default/company', 'default/team'],
      };
      const id = await portal.send({ title: 'runs', ...build });
      await portal.send({
        title: 'between',
        targetGroups: ['default/company'],
      });
      await portal
        .put(`/notifications/archived?messageId=${id}&archived=true`, GUEST)
        .expect(200);
      await portal
        .put(`/notifications/saved?messageId=${id}&saved=true`, GUEST)
        .expect(200);
      expect(await portal.titles(GUEST)).toEqual(['between']);

      const again = await portal.send({
        title: 'done',
        ...build,
        // The same audience in other words.
        targetGroups: ['group:default/team', 'default/company', 'default/team'],
        severity: 'high',
      });

      expect(again).toBe(id);
      expect(await portal.titles(GUEST)).toEqual(['done', 'between']);
      const { body } = await portal.get(`/notifications/${id}`, GUEST);
      expect(body).toMatchObject({
        readByUser: false,
        archived: false,
        saved: true,
        severity: 'high',
        scope: 'build-7',
      });
      expect(Date.parse(body.updated)).toBeGreaterThanOrEqual(
        Date.parse(body.created),
      );
      expect(await portal.knex('herald_message')).toHaveLength(2);
    });

    it.each([
      ['origin', { origin: 'other' }],
      ['scope', { scope: 'two' }],
      ['audience', { targetUsers: ['default/ada'] }],
      ['exclusions', { excludedEntities: [BOB] }],
    ])('takes another %s for another message', async (_, difference) => {
      const portal = await start();
      const first = { scope: 'one', targetUsers: ['default/guest'] };
      const id = await portal.send(first);
      expect(await portal.send({ ...first, ...difference })).not.toBe(id);
    });

    it('takes another sender for another message, whatever it claims', async () => {
      const portal = await start();
      const body = { origin: 'ci', title: 't', scope: 'one' };
      const byPlugin = () =>
        portal
          .call('post', '/notifications')
          .set('Authorization', mockCredentials.service.header())
          .send(body)
          .expect(200);
      const bySecret = await portal.send(body);
      const first = await byPlugin();
      expect(first.body.messageId).not.toBe(bySecret);
      expect((await byPlugin()).body).toEqual(first.body);
    });

    it('stays one message when 50 senders update one scope at once', async () => {
      const portal = await start();
      const ids = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          portal.send({
            title: `number ${i}`,
            scope: 'one',
            targetUsers: ['default/guest'],
          }),
        ),
      );
      expect(new Set(ids).size).toBe(1);
      expect(await portal.titles(GUEST)).toHaveLength(1);
      expect(await portal.count(GUEST, 'read=false')).toBe(1);
      expect(await portal.knex('herald_feed').pluck('seq')).toHaveLength(50);
    });

    it('stays one message when senders update one scope over two replicas at once', async () => {
      const one = await start();
      const other = await startNotifications(databases, engine, {
        entities,
        knex: one.knex,
      });
      const replicas = [one, other];
      for (let round = 0; round < 5; round++) {
        const ids = await Promise.all(
          Array.from({ length: 50 }, (_, i) =>
            replicas[i % 2].send({
              title: `number ${i}`,
              scope: `round ${round}`,
              targetUsers: ['default/guest'],
            }),
          ),
        );
        expect(new Set(ids).size).toBe(1);
      }
      expect(await one.titles(GUEST)).toHaveLength(5);
      expect(await other.count(GUEST, 'read=false')).toBe(5);
      expect(await one.knex('herald_feed').pluck('seq')).toHaveLength(250);
    });

    it('sends once for one key, whatever the scope, and says which message it became', async () => {
      const portal = await start();
      const body = { origin: 'o', title: 't', scope: 'one' };
      const send = (key: string) =>
        portal.post(body).set('Idempotency-Key', key).expect(200);
      const first = await send('a');
      const second = await send('b');
      expect(second.body).toEqual(first.body);
      expect((await send('b')).body).toEqual(first.body);
      expect(await portal.knex('herald_feed')).toHaveLength(2);
    });

    it('returns every field as it was sent', async () => {
      const portal = await start();
      const fields = {
        severity: 'critical',
        link: '/catalog/default/component/wallet',
        icon: 'kind:api',
        metadata: { deep: { list: [1, 'two', null, true] }, ключ: '值' },
        type: 'error',
        expiresAt: '2126-01-01T00:00:00.000Z',
      } satisfies Partial<SendNotification>;
      const id = await portal.send({
        ...fields,
        targetUsers: ['default/guest'],
      });
      const { body } = await portal.get(`/notifications/${id}`, GUEST);
      expect(body).toMatchObject(fields);
      const plain = await portal.send({ targetUsers: ['default/guest'] });
      expect(
        (await portal.get(`/notifications/${plain}`, GUEST)).body,
      ).toMatchObject({ severity: 'normal', archived: false, saved: false });
    });

    it.each([
      ['severity', 'urgent'],
      ['type', 'warning'],
      ['link', 'javascript&colon;x'.replace('&colon;', ':')],
      ['icon', ' '],
      ['metadata', [1]],
      ['metadata', 'text'],
      ['metadata', { text: 'x'.repeat(20_000) }],
      ['metadata', { text: 'a\u0000b' }],
      ['metadata', { '\ud800': 1 }],
      ['expiresAt', 'tomorrow'],
      ['expiresAt', '2020-01-01T00:00:00Z'],
      ['sendAt', '2026-02-30T00:00:00Z'],
      ['scope', ''],
      ['excludedEntities', ['guest']],
    ])('refuses %s %j by name', async (field, value) => {
      const portal = await start();
      const { body } = await portal
        .post({ origin: 'o', title: 't', [field]: value })
        .expect(400);
      expect(body.error.message).toMatch(new RegExp(`^Field ${field}`));
      expect(await portal.knex('herald_message')).toEqual([]);
    });

    it('refuses metadata that is nested too deep by name', async () => {
      const portal = await start();
      const { body } = await portal
        .post(
          `{"origin":"o","title":"t","metadata":{"deep":${'['.repeat(
            5_000,
          )}${']'.repeat(5_000)}}}`,
        )
        .expect(400);
      expect(body.error.message).toMatch(/^Field metadata: must not be nested/);
    });

    it('narrows lists and counts by origin, topic and severity, and counts each origin', async () => {
      const portal = await start();
      const guest = { targetUsers: ['default/guest'] };
      await portal.send({ ...guest, title: 'a', origin: 'ci', topic: 'x' });
      await portal.send({
        ...guest,
        title: 'b',
        origin: 'ci',
        severity: 'high',
      });
      await portal.send({ ...guest, title: 'c', origin: 'hr', topic: 'y' });
      expect(await portal.titles(GUEST, 'origin=ci')).toEqual(['b', 'a']);
      expect(await portal.titles(GUEST, 'topic=x&topic=y')).toEqual(['c', 'a']);
      expect(await portal.titles(GUEST, 'severity=high')).toEqual(['b']);
      expect(await portal.titles(GUEST, 'severity=high&origin=hr')).toEqual([]);
      const { body } = await portal.get(
        '/notifications/count?groupBy=origin&read=false',
        GUEST,
      );
      expect(body).toEqual({
        count: 3,
        origins: [
          { origin: 'ci', count: 2 },
          { origin: 'hr', count: 1 },
        ],
      });
    });

    it('holds senders to their quotas, each to its own, and tells when to come back', async () => {
      const portal = await start({
        quotas: [
          { messages: 2, per: { hours: 1 } },
          { sender: ADA, messages: 1, per: { hours: 1 } },
        ],
      });
      const bySecret = () =>
        portal
          .call('post', '/notifications')
          .set('notifications-secret', SECRET)
          .send({ origin: 'o', title: 't' });
      const byAda = () =>
        portal
          .by(ADA, 'post', '/notifications')
          .send({ origin: 'o', title: 't' });

      const answers = await Promise.all([
        bySecret(),
        bySecret(),
        bySecret(),
        bySecret(),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([
        200, 200, 429, 429,
      ]);
      const refused = answers.find(({ status }) => status === 429);
      expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused?.headers['retry-after'])).toBeLessThanOrEqual(3600);
      expect(refused?.body.error.name).toBe('TooManyRequestsError');

      await byAda().expect(200);
      await byAda().expect(429);
      expect(await portal.knex('herald_message')).toHaveLength(3);
    });

    it.each([
      [[{ messages: 0, per: '1h' }], /notifications\.quotas/],
      [[{ messages: 5, per: '1ms' }], /notifications\.quotas/],
      [[{ messages: 5 }], /per/],
    ])('does not start with quotas %j', async (quotas, message) => {
      await expect(start({ quotas })).rejects.toThrow(message);
    });
  },
);
