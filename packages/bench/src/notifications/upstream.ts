import { mockCredentials } from '@backstage/backend-test-utils';
import { READER } from './organisation';
import { JsonObject } from '@backstage/types';
import { NotificationSystem, PAGE_SIZE, sentTitle } from './system';

const PATH = '/api/notifications';
const reader = mockCredentials.user.header(READER);
const service = mockCredentials.service.header();

/** Upstream counts what matches with every page; there is no list without. The order is the one its page asks for. */
function list(query: Record<string, string>) {
  const parameters = new URLSearchParams({
    limit: String(PAGE_SIZE),
    offset: '0',
    orderField: 'created,desc',
    ...query,
  });
  return {
    method: 'GET',
    path: `${PATH}/notifications?${parameters}`,
    authorization: reader,
  } as const;
}

type Listed = { id: string; payload: { title: string } };

const pageOf = (answer: string) =>
  (JSON.parse(answer) as { notifications: Listed[] }).notifications;

function send(index: number, recipients: JsonObject) {
  return {
    method: 'POST',
    path: `${PATH}/notifications`,
    authorization: service,
    body: {
      recipients,
      payload: {
        title: sentTitle(index),
        description: 'All checks of the pipeline have run.',
        topic: 'main',
      },
    },
  } as const;
}

export const upstream: NotificationSystem = {
  name: 'upstream',
  tables: ['notification', 'broadcast', 'broadcast_user_status'],

  async load(db, engine) {
    if (engine !== 'pg') {
      throw new Error(`upstream is measured on PostgreSQL only, not ${engine}`);
    }
    // One row a recipient, with a random id of its own, as upstream writes them.
    await db.raw(`
      INSERT INTO notification (id, "user", title, description, severity, link, origin, topic, created, read)
      SELECT CAST(md5(n || user_ref) AS uuid), user_ref, title, description, 'normal', NULL, origin, topic,
        to_timestamp(created_ms / 1000.0), CASE WHEN is_read THEN to_timestamp(created_ms / 1000.0 + 3600) END
        FROM bench_message JOIN bench_delivery USING (n) WHERE kind <> 'system' ORDER BY n`);
    await db.raw(`
      INSERT INTO broadcast (id, title, description, severity, link, origin, topic, created)
      SELECT CAST(md5(CAST(n AS text)) AS uuid), title, description, 'normal', NULL, origin, topic,
        to_timestamp(created_ms / 1000.0)
        FROM bench_message WHERE kind = 'system' ORDER BY n`);
    await db.raw(`
      INSERT INTO broadcast_user_status (broadcast_id, "user", read)
      SELECT CAST(md5(CAST(n AS text)) AS uuid), user_ref, to_timestamp(created_ms / 1000.0 + 3600)
        FROM bench_message JOIN bench_delivery USING (n) WHERE kind = 'system' AND is_read ORDER BY n`);
  },

  // It has no visits.
  async endVisit() {},

  async noteReadState(db) {
    await db.schema.dropTableIfExists('bench_unread');
    await db.raw(
      `CREATE TABLE bench_unread AS SELECT id FROM notification WHERE "user" = ? AND read IS NULL`,
      [READER],
    );
    await db.schema.dropTableIfExists('bench_status');
    await db.raw(
      `CREATE TABLE bench_status AS SELECT * FROM broadcast_user_status WHERE "user" = ?`,
      [READER],
    );
  },

  async restoreReadState(db) {
    await db.transaction(async tx => {
      await tx.raw(
        'UPDATE notification SET read = NULL FROM bench_unread AS unread WHERE notification.id = unread.id',
      );
      await tx('broadcast_user_status').where('user', READER).delete();
      await tx.raw(
        'INSERT INTO broadcast_user_status SELECT * FROM bench_status',
      );
    });
  },

  firstPage: () => list({}),
  firstPageWithTotal: () => list({}),
  search: term => list({ search: term }),
  unreadCount: (userRef = READER) => ({
    method: 'GET',
    path: `${PATH}/status`,
    authorization: mockCredentials.user.header(userRef),
  }),
  // As its page saves it: the whole tree of one channel, also of what is not muted (it cannot store nothing).
  mute: (mutes, isMuted) => ({
    method: 'POST',
    path: `${PATH}/settings`,
    authorization: reader,
    body: {
      channels: [
        {
          id: 'Web',
          origins: mutes.map(({ origin, topic }) => ({
            id: origin,
            enabled: !isMuted || topic !== undefined,
            topics:
              topic === undefined ? [] : [{ id: topic, enabled: !isMuted }],
          })),
        },
      ],
    },
  }),
  mark: (id, isRead) => ({
    method: 'POST',
    path: `${PATH}/notifications/update`,
    authorization: reader,
    body: { ids: [id], read: isRead },
  }),
  // As its page does it: all that is unread in one page, and their ids back.
  markAllRead: async portal => {
    const unread = JSON.parse(
      await portal.call({
        method: 'GET',
        path: `${PATH}/notifications?read=false`,
        authorization: reader,
      }),
    ) as { notifications: { id: string }[] };
    await portal.call({
      method: 'POST',
      path: `${PATH}/notifications/update`,
      authorization: reader,
      body: { ids: unread.notifications.map(({ id }) => id), read: true },
    });
  },
  sendToGroup: (groupRef, index) =>
    send(index, { type: 'entity', entityRef: groupRef }),
  sendToUser: (userRef, index) =>
    send(index, { type: 'entity', entityRef: userRef }),
  sendToAll: index => send(index, { type: 'broadcast' }),

  titles: answer => pageOf(answer).map(({ payload }) => payload.title),
  ids: answer => pageOf(answer).map(({ id }) => id),
  unread: answer => (JSON.parse(answer) as { unread: number }).unread,
};
