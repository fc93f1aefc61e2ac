import { mockCredentials } from '@backstage/backend-test-utils';
import { READER } from './organisation';
import { NotificationSystem, PAGE_SIZE } from './system';

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

function send(index: number, entityRef: string) {
  return {
    method: 'POST',
    path: `${PATH}/notifications`,
    authorization: service,
    body: {
      recipients: { type: 'entity', entityRef },
      payload: {
        title: `Sent by the bench, number ${index}`,
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

  firstPage: () => list({}),
  firstPageWithTotal: () => list({}),
  search: term => list({ search: term }),
  unreadCount: () => ({
    method: 'GET',
    path: `${PATH}/status`,
    authorization: reader,
  }),
  sendToGroup: (groupRef, index) => send(index, groupRef),
  sendToUser: (userRef, index) => send(index, userRef),

  titles: answer => {
    const page = JSON.parse(answer) as {
      notifications: { payload: { title: string } }[];
    };
    return page.notifications.map(({ payload }) => payload.title);
  },
  unread: answer => (JSON.parse(answer) as { unread: number }).unread,
};
