import { mockCredentials } from '@backstage/backend-test-utils';
import {
  Notification,
  NotificationCount,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import { READER, READER_GROUPS } from './organisation';
import { NotificationSystem, PAGE_SIZE } from './system';
import { Engine } from './workload';

const PATH = '/api/notifications/notifications';
const FEED_IS_KEPT_MS = 7 * 86_400_000;
const reader = mockCredentials.user.header(READER);
const service = mockCredentials.service.header();

function list(query: Record<string, string>) {
  const parameters = new URLSearchParams({
    messageScope: 'all',
    pageSize: String(PAGE_SIZE),
    ...query,
  });
  return {
    method: 'GET',
    path: `${PATH}?${parameters}`,
    authorization: reader,
  } as const;
}

function send(index: number, targets: Record<string, string[]>) {
  return {
    method: 'POST',
    path: PATH,
    authorization: service,
    body: {
      origin: 'bench',
      title: `Sent by the bench, number ${index}`,
      message: 'All checks of the pipeline have run.',
      topic: 'main',
      ...targets,
    },
  } as const;
}

export const herald: NotificationSystem = {
  name: 'herald',
  tables: [
    'herald_message',
    'herald_target',
    'herald_read_mark',
    'herald_feed',
    'herald_reader',
    'herald_read_floor',
  ],

  async load(db, engine) {
    const id = messageId(engine);
    await db.raw(`
      INSERT INTO herald_message (id, seq, created_at, sort_at, sender, is_system, origin, title, message, topic,
        actions, title_folded, message_folded)
      SELECT ${id}, n, created_ms, created_ms, 'external:bench', kind = 'system', origin, title, description, topic,
        '[]', lower(title), lower(description)
        FROM bench_message ORDER BY n`);
    await db.raw(`
      INSERT INTO herald_target (message_id, ref, seq, sort_at)
      SELECT ${id}, ref, n, created_ms FROM bench_message ORDER BY n`);
    await db.raw(`
      INSERT INTO herald_read_mark (user_ref, message_id, seq, is_read)
      SELECT user_ref, ${id}, n, is_read FROM bench_delivery WHERE is_read ORDER BY n`);
    await db.raw(
      `INSERT INTO herald_feed (seq, kind, message_id, at)
       SELECT n, 'message', ${id}, created_ms FROM bench_message
        WHERE created_ms > (SELECT max(created_ms) FROM bench_message) - ? ORDER BY n`,
      [FEED_IS_KEPT_MS],
    );
    await seatReader(db);
    await continueFeed(db, engine);
  },

  firstPage: () => list({}),
  firstPageWithTotal: () => list({ total: 'true' }),
  search: term => list({ containsText: term }),
  unreadCount: () => ({
    method: 'GET',
    path: `${PATH}/count?messageScope=all&read=false`,
    authorization: reader,
  }),
  sendToGroup: (groupRef, index) => send(index, { targetGroups: [groupRef] }),
  sendToUser: (userRef, index) => send(index, { targetUsers: [userRef] }),

  titles: answer =>
    (JSON.parse(answer) as Notification[]).map(({ title }) => title),
  unread: answer => (JSON.parse(answer) as NotificationCount).count,
};

/** Ids are in order of time, as those of the plugin (version 7) are. */
function messageId(engine: Engine): string {
  return engine === 'pg'
    ? `CAST('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid)`
    : `'01900000-0000-7000-8000-' || printf('%012x', n)`;
}

/** The reader has been here all the time: their floors lie below everything, what they read is marked one by one. */
async function seatReader(db: Knex): Promise<void> {
  const newest = await db('bench_message').max({ n: 'n', at: 'created_ms' });
  await db('herald_reader').insert({
    user_ref: READER,
    seen_seq: newest[0].n,
    seen_at: newest[0].at,
  });
  await db('herald_read_floor').insert(
    [READER, ...READER_GROUPS, '*'].map(ref => ({
      user_ref: READER,
      ref,
      floor_seq: 0,
    })),
  );
}

async function continueFeed(db: Knex, engine: Engine): Promise<void> {
  if (engine === 'pg') {
    await db.raw(
      `SELECT setval('herald_feed_seq', (SELECT max(n) FROM bench_message))`,
    );
  } else {
    await db.raw(
      `UPDATE herald_feed_state SET last_seq = (SELECT max(n) FROM bench_message)`,
    );
  }
}
