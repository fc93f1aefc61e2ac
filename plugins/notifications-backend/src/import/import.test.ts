import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Notification } from '@herald/backstage-plugin-notifications-common';
import { openStream, testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { AddressInfo } from 'node:net';
import { ADA, BOB, GUEST } from '../__testUtils__/people';
import { BASE, startNotifications } from '../__testUtils__/startNotifications';
import { WORK_TABLE } from '../database/workTable';
import { until } from '../processing/__testUtils__/until';
import { NOTHING_YET } from './Importer';
import { janusTables } from './__testUtils__/janusTables';
import { upstreamPortal } from './__testUtils__/upstreamPortal';

const databases = testEngines();

describe.each(databases.eachSupportedId())('imports on %s', engine => {
  const start = (knex: Knex, options = {}) =>
    startNotifications(databases, engine, { knex, ...options });
  type Portal = Awaited<ReturnType<typeof start>>;

  const run = async (
    portal: Portal,
    source: 'janus' | 'upstream',
    dryRun = false,
  ) => {
    const { body } = await portal
      .by(ADA, 'post', '/imports')
      .send({ source, dryRun })
      .expect(200);
    return body;
  };
  const reportOf = async (portal: Portal, source: string) => {
    const { body } = await portal.by(ADA, 'get', '/imports').expect(200);
    return body.find((report: { source: string }) => report.source === source);
  };
  const runToEnd = async (portal: Portal, source: 'janus' | 'upstream') => {
    await run(portal, source);
    await until(async () => (await reportOf(portal, source)).state === 'done');
    return reportOf(portal, source);
  };
  const list = async (portal: Portal, user: string, query = '') => {
    const { body } = await portal
      .get(`/notifications?messageScope=all&orderByDirec=asc&${query}`, user)
      .expect(200);
    return body as Notification[];
  };
  const states = (messages: Notification[]) =>
    Object.fromEntries(
      messages.map(({ title, readByUser, saved }) => [
        title,
        `${readByUser ? 'read' : 'unread'}${saved ? ' saved' : ''}`,
      ]),
    );
  /** All that an import writes. */
  const written = async ({ knex }: Portal) => {
    const rows: Record<string, unknown[]> = {};
    for (const table of [
      'herald_message',
      'herald_target',
      'herald_read_mark',
      'herald_saved',
      'herald_preference',
      'herald_feed',
    ]) {
      rows[table] = await knex(table).orderByRaw('1, 2');
    }
    return rows;
  };

  describe('from upstream 0.6.9', () => {
    /** A database that upstream has used: what it answered for what was sent. */
    async function usedByUpstream() {
      const knex = await databases.init(engine);
      const upstream = await upstreamPortal(knex);
      const to = (entityRef: string | string[]) =>
        ({ type: 'entity', entityRef } as const);
      const [read] = await upstream.send(to(GUEST), {
        title: 'read',
        description: 'Описание',
        link: '/catalog',
        severity: 'high',
        topic: 'entities',
        icon: 'kind:api',
      });
      await upstream.update(GUEST, [read], { read: true });
      const [unread] = await upstream.send(to([GUEST, ADA]), {
        title: 'unread',
      });
      const [saved] = await upstream.send(to('group:default/team'), {
        title: 'saved',
      });
      await upstream.update(GUEST, [saved], { saved: true });
      await upstream.send(to(GUEST), { title: 'build runs', scope: 'build' });
      await upstream.send(to(GUEST), { title: 'build done', scope: 'build' });
      const [broadcast] = await upstream.send(
        { type: 'broadcast' },
        { title: 'to all' },
      );
      await upstream.update(ADA, [broadcast], { read: true });
      await upstream.settings(GUEST, {
        channels: [
          {
            id: 'Web',
            origins: [
              { id: 'plugin:noise', enabled: false, topics: [] },
              {
                id: 'plugin:catalog',
                enabled: true,
                topics: [
                  { id: 'entities', enabled: true },
                  { id: 'chatter', enabled: false },
                ],
              },
            ],
          },
        ],
      });
      await upstream.stop();
      return { knex, read, unread, broadcast };
    }

    it('says what it would do, and does nothing', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      expect(await reportOf(portal, 'janus')).toMatchObject({
        state: 'absent',
      });
      const before = await written(portal);
      expect(await run(portal, 'upstream', true)).toEqual({
        source: 'upstream',
        state: 'ready',
        messages: 6,
        looked: 6,
        imported: 6,
        people: 1,
        problems: [],
      });
      expect(await written(portal)).toEqual(before);
      expect(await reportOf(portal, 'upstream')).toMatchObject({
        state: 'ready',
        looked: 0,
      });
    });

    it('takes over messages, read and saved states, dates and ids', async () => {
      const { knex, read, broadcast } = await usedByUpstream();
      const portal = await start(knex);
      expect(await runToEnd(portal, 'upstream')).toEqual({
        source: 'upstream',
        state: 'done',
        messages: 6,
        looked: 6,
        imported: 6,
        people: 1,
        problems: [],
      });

      const guests = await list(portal, GUEST);
      expect(states(guests)).toEqual({
        read: 'read',
        unread: 'unread',
        saved: 'unread saved',
        'build done': 'unread',
        'to all': 'unread',
      });
      expect(guests[0]).toEqual({
        id: read,
        created: expect.any(String),
        origin: 'plugin:catalog',
        title: 'read',
        message: 'Описание',
        link: '/catalog',
        severity: 'high',
        topic: 'entities',
        icon: 'kind:api',
        actions: [],
        isSystem: false,
        readByUser: true,
        archived: false,
        saved: false,
      });
      const [{ created }] = await knex('notification')
        .where({ id: read })
        .select('created');
      expect(guests[0].created).toBe(new Date(created).toISOString());
      expect(guests.find(({ title }) => title === 'build done')).toMatchObject({
        scope: 'build',
        updated: expect.any(String),
      });

      expect(states(await list(portal, ADA))).toEqual({
        unread: 'unread',
        'to all': 'read',
      });
      expect(states(await list(portal, BOB))).toEqual({ 'to all': 'unread' });
      expect(
        await portal.get(`/notifications/${broadcast}`, BOB).expect(200),
      ).toMatchObject({ body: { isSystem: true } });
      expect(await portal.count(GUEST, 'messageScope=all&read=false')).toBe(4);
    });

    it('takes over what was switched off, and leaves alone who has decided here', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      await runToEnd(portal, 'upstream');
      const { body } = await portal.get('/preferences', GUEST).expect(200);
      expect(body.rules).toEqual([
        {
          channel: 'web',
          origin: 'plugin:catalog',
          topic: 'chatter',
          enabled: false,
        },
        { channel: 'web', origin: 'plugin:noise', enabled: false },
      ]);

      await portal.put('/preferences', GUEST).send({ rules: [] }).expect(200);
      await runToEnd(portal, 'upstream');
      const again = await portal.get('/preferences', GUEST).expect(200);
      expect(again.body.rules).toEqual([]);
    });

    it('changes nothing when it runs twice, whatever people did in between', async () => {
      const { knex, read, unread } = await usedByUpstream();
      const portal = await start(knex);
      await runToEnd(portal, 'upstream');
      await portal
        .put(`/notifications/read?messageId=${read}&read=false`, GUEST)
        .expect(200);
      await portal.by(ADA, 'delete', `/notifications/${unread}`).expect(204);
      const before = await written(portal);
      await runToEnd(portal, 'upstream');
      expect(await written(portal)).toEqual(before);
    });

    it('takes nothing twice, even where it has lost how far it was', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      await runToEnd(portal, 'upstream');
      const before = await written(portal);
      // As after a restore that has lost how far it was.
      await knex('herald_import').delete();
      expect(await runToEnd(portal, 'upstream')).toMatchObject({
        looked: 6,
        imported: 0,
      });
      expect(await written(portal)).toEqual(before);
    });

    it('takes over what has come since', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      await runToEnd(portal, 'upstream');
      await portal.stop();
      const upstream = await upstreamPortal(knex);
      await upstream.send(
        { type: 'entity', entityRef: BOB },
        { title: 'late' },
      );
      await upstream.stop();
      const again = await start(knex);
      expect(await runToEnd(again, 'upstream')).toMatchObject({
        looked: 7,
        imported: 7,
      });
      expect(await again.titles(BOB)).toEqual(['late']);
    });

    it('goes on where a batch was interrupted, and no message comes twice', async () => {
      const knex = await databases.init(engine);
      const upstream = await upstreamPortal(knex);
      await upstream.stop();
      await knex.batchInsert(
        'notification',
        Array.from({ length: 2_300 }, (_, index) => ({
          id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
          user: GUEST,
          title: `n${index}`,
          severity: 'normal',
          origin: 'plugin:catalog',
          created: new Date(Date.now() - (2_300 - index) * 1_000),
        })),
        100,
      );
      const portal = await start(knex);
      // The second batch fails once, in the middle of its transaction.
      failOnce(knex, `00000000-0000-4000-8000-000000001399`);
      expect(await runToEnd(portal, 'upstream')).toMatchObject({
        looked: 2_300,
        imported: 2_300,
      });
      const titles = (await list(portal, GUEST, 'pageSize=0&pageNumber=0')).map(
        ({ title }) => title,
      );
      expect(titles).toEqual(
        Array.from({ length: 2_300 }, (_, index) => `n${index}`),
      );
    });

    it('leaves out the one row that the database refuses, names it, and takes over the rest of its batch', async () => {
      const { knex, unread } = await usedByUpstream();
      // An id that is in both tables, of which the second one cannot come over.
      await knex('broadcast').insert({
        id: unread,
        title: 'twice',
        severity: 'normal',
        origin: 'plugin:catalog',
        created: new Date(Date.now() + 1_000),
      });
      const portal = await start(knex);
      const report = await runToEnd(portal, 'upstream');
      expect(report).toMatchObject({
        messages: 7,
        looked: 7,
        imported: 6,
        problems: [
          {
            problem: expect.stringMatching(
              /^left out: the database refuses it: [^]*(unique|UNIQUE) constraint/,
            ),
            count: 1,
            example: unread,
          },
        ],
      });
      expect(report.problems[0].problem).not.toMatch(/insert into/i);
      expect((await list(portal, GUEST)).map(({ title }) => title)).toEqual([
        'read',
        'unread',
        'saved',
        'build done',
        'to all',
      ]);
    });

    it('says that it has failed, and why, where a batch is given up; started again, it goes on', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      const stop = failAlways(knex, 'The disk is full');
      await run(portal, 'upstream');
      const batch = () => knex(WORK_TABLE).where({ kind: 'import-batch' });
      await until(async () => (await batch().first()).last_error !== null);
      expect(await reportOf(portal, 'upstream')).toMatchObject({
        state: 'running',
      });
      // As after hours of waiting.
      await batch().update({ attempt: 9, run_after: 0 });
      await until(
        async () => (await reportOf(portal, 'upstream')).state === 'failed',
      );
      expect(await reportOf(portal, 'upstream')).toMatchObject({
        failure: 'The disk is full',
        looked: 0,
      });

      stop();
      const report = await runToEnd(portal, 'upstream');
      expect(report).toMatchObject({ looked: 6, imported: 6 });
      expect(report).not.toHaveProperty('failure');
      expect(await batch()).toEqual([]);
    });

    it('does not run any more where what was given up is discarded', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      await portal.stop();
      await knex('herald_import').insert({
        source: 'upstream',
        progress: JSON.stringify(NOTHING_YET),
        is_running: true,
        updated_at: 0,
      });
      const again = await start(knex);
      expect(await reportOf(again, 'upstream')).toMatchObject({
        state: 'ready',
      });
    });

    it('keeps history out of live streams, and in its place by date', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      await portal.send({ title: 'native', targetUsers: ['default/guest'] });
      const { port } = portal.server.address() as AddressInfo;
      const stream = await openStream(
        `http://127.0.0.1:${port}${BASE}/notifications/stream`,
        { Authorization: mockCredentials.user.header(GUEST) },
      );
      await stream.until(({ event }) => event === 'ready');
      await runToEnd(portal, 'upstream');
      // Which the rules that came over mute.
      await portal.send({
        title: 'noise',
        origin: 'plugin:noise',
        targetUsers: ['default/guest'],
      });
      await portal.send({ title: 'after', targetUsers: ['default/guest'] });
      await stream.until(({ data }) => data.includes('"after"'));
      stream.close();
      const told = stream.events
        .filter(({ event }) => event === undefined || event === 'message')
        .map(({ data }) => JSON.parse(data).title);
      expect(told).toEqual(['native', 'after']);
      // Open pages look at their lists anew; once, and not all at the same moment.
      expect(
        stream.events
          .filter(({ event }) => event === 'refresh')
          .map(({ data }) => JSON.parse(data)),
      ).toEqual([{}, { everyone: true }]);
      expect((await list(portal, GUEST)).map(({ title }) => title)).toEqual([
        'read',
        'unread',
        'saved',
        'build done',
        'to all',
        'native',
        'after',
      ]);
    });

    it('lets a message of the same scope take the place of an imported one', async () => {
      const { knex } = await usedByUpstream();
      const portal = await start(knex);
      await runToEnd(portal, 'upstream');
      await portal
        .call('post', '/')
        .set(
          'Authorization',
          mockCredentials.service.header({
            onBehalfOf: mockCredentials.service('plugin:catalog'),
            targetPluginId: 'notifications',
          }),
        )
        .send({
          recipients: { type: 'entity', entityRef: GUEST },
          payload: { title: 'build done again', scope: 'build' },
        })
        .expect(200);
      const titles = (await list(portal, GUEST)).map(({ title }) => title);
      expect(titles).toContain('build done again');
      expect(titles).not.toContain('build done');
    });
  });

  describe('from Janus 1.6.0', () => {
    it('takes over one mark of a person who is there under two spellings', async () => {
      const knex = await databases.init(engine);
      await janusTables(knex);
      const [{ id }] = await knex('messages').where({
        title: 'For guest, read',
      });
      await knex('users').insert({
        message_id: id,
        user: 'user:default/Guest',
        read: true,
      });
      const portal = await start(knex);
      expect(await runToEnd(portal, 'janus')).toMatchObject({ imported: 6 });
      expect(states(await list(portal, GUEST))).toMatchObject({
        'For guest, read': 'read',
      });
    });

    it('takes over messages with their actions, users, groups and read states', async () => {
      const knex = await databases.init(engine);
      await janusTables(knex);
      const portal = await start(knex);
      expect(await runToEnd(portal, 'janus')).toEqual({
        source: 'janus',
        state: 'done',
        messages: 6,
        looked: 6,
        imported: 6,
        people: 0,
        problems: [
          {
            problem: 'action left out: its link may not be shown',
            count: 1,
            example: expect.any(String),
          },
        ],
      });
      const guests = await list(portal, GUEST);
      expect(states(guests)).toEqual({
        'For guest, read': 'read',
        'For guest and ada, read by ada': 'unread',
        'For the team, read by guest': 'read',
        'For the team and bob': 'unread',
        'For everybody, read by ada and unread again by bob': 'unread',
        'For everybody, read by nobody': 'unread',
      });
      expect(guests[0]).toMatchObject({
        origin: 'builds',
        message: '**Bold** text',
        topic: 'ci',
        actions: [
          { title: 'Open', url: 'https://example.com/b/1' },
          { title: 'Log', url: '/builds/1/log' },
        ],
      });
      const [row] = await knex('messages').where({ title: 'For guest, read' });
      expect(guests[0]).toMatchObject({ id: row.id, created: row.created });
      expect(states(await list(portal, ADA))).toEqual({
        'For guest and ada, read by ada': 'read',
        'For everybody, read by ada and unread again by bob': 'read',
        'For everybody, read by nobody': 'unread',
      });
      const before = await written(portal);
      await runToEnd(portal, 'janus');
      expect(await written(portal)).toEqual(before);
    });
  });

  it('refuses where there is nothing to import from, and tells the audit log of each start', async () => {
    const auditor = mockServices.auditor.mock();
    const entry = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(entry);
    const portal = await start(await databases.init(engine), {
      features: [auditor.factory],
    });
    await portal
      .by(ADA, 'post', '/imports')
      .send({ source: 'janus', dryRun: true })
      .expect(404);
    expect(auditor.createEvent).not.toHaveBeenCalled();
    await portal
      .by(ADA, 'post', '/imports')
      .send({ source: 'janus', dryRun: false })
      .expect(404);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'import',
        meta: { caller: ADA, source: 'janus' },
      }),
    );
    expect(entry.fail).toHaveBeenCalledTimes(1);
  });
});

/** Lets the first attempt to store a message fail, after others of its batch were written. */
function failOnce(knex: Knex, id: string): void {
  let hasFailed = false;
  knex.on('query', ({ sql, bindings }) => {
    if (
      !hasFailed &&
      /insert into .herald_target/.test(sql) &&
      bindings.includes(id)
    ) {
      hasFailed = true;
      throw new Error('The connection was lost');
    }
  });
}

/** Lets no message be stored, until it is told to stop. */
function failAlways(knex: Knex, reason: string): () => void {
  const fail = ({ sql }: { sql: string }) => {
    if (/insert into .herald_message/.test(sql)) {
      throw new Error(reason);
    }
  };
  knex.on('query', fail);
  return () => knex.removeListener('query', fail);
}
