import { mockCredentials } from '@backstage/backend-test-utils';
import {
  Notification,
  NotificationCount,
} from '@herald/backstage-plugin-notifications-common';
import { Knex } from 'knex';
import { READER, READER_GROUPS } from './organisation';
import { NotificationSystem, PAGE_SIZE, sentTitle } from './system';
import { Engine } from './workload';

const PATH = '/api/notifications/notifications';
const PREFERENCES_PATH = '/api/notifications/preferences';
const FEED_IS_KEPT_MS = 7 * 86_400_000;
const VISIT_MS = 10 * 60_000;
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
      title: sentTitle(index),
      message: 'All checks of the pipeline have run.',
      topic: 'main',
      ...targets,
    },
  } as const;
}

/** What says what somebody has read, and where it is noted. */
const READ_STATE = [
  ['herald_read_mark', 'bench_read_mark'],
  ['herald_read_floor', 'bench_read_floor'],
];

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
      INSERT INTO herald_target (message_id, ref, seq, sort_at, origin, topic)
      SELECT ${id}, ref, n, created_ms, origin, topic FROM bench_message ORDER BY n`);
    // With the copies of the target that reading a single message makes.
    await db.raw(`
      INSERT INTO herald_read_mark (user_ref, message_id, seq, is_read, ref, origin, topic)
      SELECT user_ref, ${id}, n, is_read, ref, origin, topic
        FROM bench_delivery JOIN bench_message USING (n) WHERE is_read ORDER BY n`);
    await db.raw(
      `INSERT INTO herald_feed (seq, kind, message_id, at)
       SELECT n, 'message', ${id}, created_ms FROM bench_message
        WHERE created_ms > (SELECT max(created_ms) FROM bench_message) - ? ORDER BY n`,
      [FEED_IS_KEPT_MS],
    );
    await seatReader(db);
    await continueFeed(db, engine);
  },

  async endVisit(db) {
    await db('herald_reader')
      .where('user_ref', READER)
      .decrement('seen_at', 2 * VISIT_MS);
  },

  async noteReadState(db) {
    for (const [table, note] of READ_STATE) {
      await db.schema.dropTableIfExists(note);
      await db.raw(`CREATE TABLE ?? AS SELECT * FROM ?? WHERE user_ref = ?`, [
        note,
        table,
        READER,
      ]);
    }
  },

  async restoreReadState(db) {
    await db.transaction(async tx => {
      for (const [table, note] of READ_STATE) {
        await tx(table).where('user_ref', READER).delete();
        await tx.raw('INSERT INTO ?? SELECT * FROM ??', [table, note]);
      }
      // As whoever else changes marks does it; else what is remembered of them would be believed.
      await tx('herald_feed_state').increment('marks_epoch', 1);
    });
  },

  firstPage: () => list({}),
  firstPageWithTotal: () => list({ total: 'true' }),
  search: term => list({ containsText: term }),
  unreadCount: (userRef = READER) => ({
    method: 'GET',
    path: `${PATH}/count?messageScope=all&read=false`,
    authorization: mockCredentials.user.header(userRef),
  }),
  mute: (mutes, isMuted) => ({
    method: 'PUT',
    path: PREFERENCES_PATH,
    authorization: reader,
    body: {
      rules: isMuted
        ? mutes.map(mute => ({ channel: 'web', enabled: false, ...mute }))
        : [],
    },
  }),
  mark: (id, isRead) => ({
    method: 'PUT',
    path: `${PATH}/read?messageId=${id}&read=${isRead}`,
    authorization: reader,
  }),
  markAllRead: async portal => {
    await portal.call({
      method: 'PUT',
      path: `${PATH}/read/all?messageScope=all`,
      authorization: reader,
    });
  },
  sendToGroup: (groupRef, index) => send(index, { targetGroups: [groupRef] }),
  sendToUser: (userRef, index) => send(index, { targetUsers: [userRef] }),
  sendToAll: index => send(index, {}),

  titles: answer =>
    (JSON.parse(answer) as Notification[]).map(({ title }) => title),
  ids: answer => (JSON.parse(answer) as Notification[]).map(({ id }) => id),
  unread: answer => (JSON.parse(answer) as NotificationCount).count,
};

/** Ids are in order of time, as those of the plugin (version 7) are. */
function messageId(engine: Engine): string {
  return engine === 'pg'
    ? `CAST('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') AS uuid)`
    : `'01900000-0000-7000-8000-' || printf('%012x', n)`;
}

/** The reader is here just now, and has been all the time: their floors lie below everything, what they read is marked one by one. */
async function seatReader(db: Knex): Promise<void> {
  const newest = await db('bench_message').max({ n: 'n' });
  await db('herald_reader').insert({
    user_ref: READER,
    seen_seq: newest[0].n,
    seen_at: Date.now(),
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
