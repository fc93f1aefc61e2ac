import { testEngines } from '@herald/test-utils';
import { v7 as uuid } from 'uuid';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';
import { DatabaseMessageStore } from './database/DatabaseMessageStore';
import { DatabaseRetention } from './database/DatabaseRetention';
import { purgeMessages } from './messages/Retention';

const databases = testEngines();
const DAY = 24 * 60 * 60_000;

describe.each(databases.eachSupportedId())('what goes on %s', engine => {
  const start = () => startNotifications(databases, engine);

  it('erases a person, and nothing of others', async () => {
    const portal = await startNotifications(databases, engine, {
      notifications: { quotas: [{ messages: 1_000, per: { hours: 1 } }] },
    });
    await portal.send({ title: 'alone', targetUsers: ['default/guest'] });
    const both = await portal.send({
      title: 'both',
      targetUsers: ['default/guest', 'default/bob'],
    });
    await portal
      .by(GUEST, 'post', '/notifications')
      .set('Idempotency-Key', 'k')
      .send({
        origin: 'o',
        title: 'by guest',
        targetUsers: ['default/bob'],
        scope: 's',
      })
      .expect(200);
    for (const mark of ['read', 'saved', 'archived']) {
      await portal
        .put(`/notifications/${mark}?messageId=${both}&${mark}=true`, GUEST)
        .expect(200);
    }
    await portal
      .put(`/notifications/read?messageId=${both}&read=true`, BOB)
      .expect(200);
    await portal
      .by(GUEST, 'put', '/preferences')
      .send({ rules: [{ channel: 'web', origin: 'o', enabled: false }] })
      .expect(200);

    await portal.send({
      sendAt: '2126-01-01T00:00:00Z',
      targetUsers: ['default/guest'],
    });
    await portal.send({
      sendAt: '2126-01-01T00:00:00Z',
      targetUsers: ['default/guest', 'default/bob'],
    });
    await portal.send({
      title: 'not for guest',
      excludedEntities: [GUEST],
    });
    const tables = [
      'herald_message',
      'herald_target',
      'herald_read_mark',
      'herald_saved',
      'herald_reader',
      'herald_read_floor',
      'herald_preference',
      'herald_feed',
      'herald_idempotency_key',
      'herald_scheduled_message',
      'herald_sender_quota',
    ];
    const naming = async () => {
      const found: string[] = [];
      for (const table of tables) {
        const rows = JSON.stringify(await portal.knex(table));
        if (rows.includes(GUEST)) found.push(table);
      }
      return found;
    };
    expect(await naming()).toEqual(tables);

    const { body } = await portal
      .by(ADA, 'delete', `/people?userRef=User:default/Guest`)
      .expect(200);

    expect(body).toEqual({ messages: 1, marks: 2, sent: 1 });
    expect(await portal.titles(BOB)).toEqual(['by guest', 'both']);
    expect(await portal.count(BOB, 'read=true')).toBe(1);
    expect(await naming()).toEqual([]);
    expect(await portal.knex('herald_scheduled_message')).toHaveLength(1);
    // Whom it excludes it goes on to exclude.
    expect(await portal.titles(GUEST, 'messageScope=all')).toEqual([]);
  });

  it.each(['guest', 'group:default/team', ''])(
    'refuses to erase “%s”',
    async userRef => {
      const portal = await start();
      const { body } = await portal
        .by(ADA, 'delete', `/people?userRef=${userRef}`)
        .expect(400);
      expect(body.error.message).toMatch(/^Parameter userRef: /);
    },
  );

  it('purges what is old and what has expired, but not what somebody keeps', async () => {
    const portal = await start();
    const now = Date.now();
    const store = new DatabaseMessageStore(portal.knex, {
      now: () => new Date(now),
      unreadHorizonMs: 30 * DAY,
    });
    const send = async (title: string, ageInDays: number, expiresAt?: Date) => {
      const id = uuid();
      await store.store({
        id,
        title,
        createdAt: new Date(now - ageInDays * DAY),
        sender: 'external:tests',
        origin: 'o',
        actions: [],
        severity: 'normal',
        targets: [GUEST],
        exclusions: [],
        expiresAt,
      });
      return id;
    };
    const kept = await send('old and kept', 400);
    for (let i = 0; i < 3; i++) await send('old', 366);
    await send('recent', 364);
    await send('expired', 1, new Date(now - 1));
    await send('not yet', 1, new Date(now + DAY));
    await portal
      .put(`/notifications/saved?messageId=${kept}&saved=true`, GUEST)
      .expect(200);

    const clock = { now: () => new Date(now) };
    await purgeMessages(new DatabaseRetention(portal.knex, clock), {
      olderThan: new Date(now - 365 * DAY),
      signal: new AbortController().signal,
    });

    expect(
      await portal.knex('herald_message').orderBy('sort_at').pluck('title'),
    ).toEqual(['old and kept', 'recent', 'not yet']);
    expect(await portal.knex('herald_target')).toHaveLength(3);
  });
});
