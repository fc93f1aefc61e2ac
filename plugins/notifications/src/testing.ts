import type {
  ListNotificationsQuery,
  Notification,
  NotificationFilter,
  NotificationPage,
  NotificationsApi,
  UpdateReadQuery,
} from '@herald/backstage-plugin-notifications-common';

/** A message for tests: number 1 is the oldest. */
export function aNotification(
  number: number,
  over: Partial<Notification> = {},
): Notification {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    id,
    created: new Date(
      Date.parse('2026-11-22T08:00:00Z') + number * 60_000,
    ).toISOString(),
    readByUser: false,
    isSystem: false,
    origin: 'builds',
    title: `Message ${number}`,
    message: `Text ${number}`,
    topic: 'releases',
    actions: [],
    ...over,
  };
}

/** An inbox in memory that answers as the backend does, and refuses when it is told to. */
export class InMemoryNotifications implements NotificationsApi {
  messages: Notification[];
  /** Thrown by the next calls of the kind, until it is taken away. */
  refusals: { list?: Error; count?: Error; updateRead?: Error } = {};
  readonly lists: ListNotificationsQuery[] = [];
  readonly updates: UpdateReadQuery[] = [];

  constructor(messages: Notification[] = []) {
    this.messages = messages;
  }

  async sendNotification(): Promise<never> {
    throw new Error('The page does not send');
  }

  async listNotifications(
    query: ListNotificationsQuery = {},
  ): Promise<NotificationPage> {
    this.lists.push(query);
    if (this.refusals.list) {
      throw this.refusals.list;
    }
    const sign = query.orderByDirec === 'asc' ? 1 : -1;
    const rows = this.#matching(query).sort(
      (a, b) => sign * a.created.localeCompare(b.created),
    );
    const start = query.cursor
      ? rows.findIndex(({ id }) => id === query.cursor) + 1
      : 0;
    const items = rows.slice(start, start + (query.pageSize ?? 20));
    const more = start + items.length < rows.length;
    return { items, nextCursor: more ? items.at(-1)?.id : undefined };
  }

  async countNotifications(filter: NotificationFilter = {}): Promise<number> {
    if (this.refusals.count) {
      throw this.refusals.count;
    }
    return this.#matching(filter).length;
  }

  async updateRead(query: UpdateReadQuery): Promise<void> {
    this.updates.push(query);
    if (this.refusals.updateRead) {
      throw this.refusals.updateRead;
    }
    this.messages = this.messages.map(message =>
      query.messageId.includes(message.id)
        ? { ...message, readByUser: query.read }
        : message,
    );
  }

  #matching(filter: NotificationFilter): Notification[] {
    const { containsText, createdAfter, messageScope = 'user', read } = filter;
    return this.messages.filter(
      message =>
        (messageScope === 'all' ||
          message.isSystem === (messageScope === 'system')) &&
        (read === undefined || message.readByUser === read) &&
        (createdAfter === undefined || message.created > createdAfter) &&
        (containsText === undefined ||
          `${message.title}\n${message.message ?? ''}`
            .toLowerCase()
            .includes(containsText.toLowerCase())),
    );
  }
}

export function refused(statusCode: number): Error {
  return Object.assign(new Error(`refused with ${statusCode}`), {
    statusCode,
  });
}
