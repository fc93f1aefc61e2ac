import {
  WEB_CHANNEL,
  type CorrectNotification,
  type Erased,
  type ListNotificationsQuery,
  type MarkAllReadQuery,
  type Notification,
  type NotificationContent,
  type NotificationCount,
  type NotificationFilter,
  type NotificationPage,
  type NotificationsApi,
  type PreferenceDefaults,
  type PreferenceRule,
  type Preferences,
  type SendNotification,
  type SentNotification,
  type UpdateArchivedQuery,
  type UpdatePreferences,
  type UpdateReadQuery,
  type UpdateSavedQuery,
} from '@herald/backstage-plugin-notifications-common';

function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A message for tests: number 1 is the oldest. */
export function aNotification(
  number: number,
  over: Partial<Notification> = {},
): Notification {
  return {
    id: idOf(number),
    created: new Date(
      Date.parse('2026-11-22T08:00:00Z') + number * 60_000,
    ).toISOString(),
    readByUser: false,
    archived: false,
    saved: false,
    isSystem: false,
    origin: 'builds',
    title: `Message ${number}`,
    message: `Text ${number}`,
    topic: 'releases',
    severity: 'normal',
    actions: [],
    ...over,
  };
}

/** What lists are in order of. */
function momentOf({ updated, created }: Notification): string {
  return updated ?? created;
}

function fits<T>(wanted: readonly T[] | undefined, value: T | undefined) {
  return (
    wanted === undefined || (value !== undefined && wanted.includes(value))
  );
}

/** What `refusals` may name: a kind of call. */
type Call =
  | 'send'
  | 'list'
  | 'get'
  | 'count'
  | 'updateRead'
  | 'updateArchived'
  | 'updateSaved'
  | 'markAllRead'
  | 'getPreferences'
  | 'updatePreferences'
  | 'getDefaults'
  | 'updateDefaults';

/** An inbox in memory that answers as the backend does, and refuses when it is told to. */
export class InMemoryNotifications implements NotificationsApi {
  messages: Notification[];
  /** Thrown by the next calls of the kind, until it is taken away. */
  refusals: Partial<Record<Call, Error>> = {};
  channels: string[] = [WEB_CHANNEL];
  rules: PreferenceRule[] = [];
  defaults: PreferenceDefaults = { rules: [], mandatoryOrigins: [] };
  readonly lists: ListNotificationsQuery[] = [];
  readonly updates: UpdateReadQuery[] = [];
  readonly archived: UpdateArchivedQuery[] = [];
  readonly saved: UpdateSavedQuery[] = [];
  readonly allRead: MarkAllReadQuery[] = [];
  readonly sends: { sent: SendNotification; idempotencyKey?: string }[] = [];
  readonly #answers = new Map<string, SentNotification>();

  constructor(messages: Notification[] = []) {
    this.messages = messages;
  }

  async sendNotification(
    notification: SendNotification,
    options: { idempotencyKey?: string } = {},
  ): Promise<SentNotification> {
    const { idempotencyKey } = options;
    this.sends.push({ sent: notification, idempotencyKey });
    this.#refuse('send');
    const before = idempotencyKey && this.#answers.get(idempotencyKey);
    if (before) {
      return before;
    }
    const { targetUsers, targetGroups, targetEntities } = notification;
    const targets = [targetUsers, targetGroups, targetEntities].flat();
    const number = this.messages.length + 1;
    this.messages.push(
      aNotification(number, {
        isSystem: targets.every(target => target === undefined),
        origin: notification.origin,
        title: notification.title,
        message: notification.message,
        topic: notification.topic,
        severity: notification.severity ?? 'normal',
        link: notification.link,
        actions: (notification.actions ?? []).map((action, index) => ({
          id: idOf(number * 100 + index),
          ...action,
        })),
      }),
    );
    const answer = { messageId: idOf(number), msgid: idOf(number) };
    if (idempotencyKey) {
      this.#answers.set(idempotencyKey, answer);
    }
    return answer;
  }

  async listNotifications(
    query: ListNotificationsQuery = {},
  ): Promise<NotificationPage> {
    this.lists.push(query);
    this.#refuse('list');
    const sign = query.orderByDirec === 'asc' ? 1 : -1;
    const rows = this.#matching(query).sort(
      (a, b) => sign * momentOf(a).localeCompare(momentOf(b)),
    );
    const start = query.cursor
      ? rows.findIndex(({ id }) => id === query.cursor) + 1
      : 0;
    const items = rows.slice(start, start + (query.pageSize ?? 20));
    const more = start + items.length < rows.length;
    return { items, nextCursor: more ? items.at(-1)?.id : undefined };
  }

  async getNotification(id: string): Promise<Notification> {
    this.#refuse('get');
    return this.#known(id);
  }

  async countNotifications(filter: NotificationFilter = {}): Promise<number> {
    this.#refuse('count');
    return this.#matching(filter).length;
  }

  async countByOrigin(
    filter: NotificationFilter = {},
  ): Promise<Required<NotificationCount>> {
    this.#refuse('count');
    const rows = this.#matching(filter);
    const counts = new Map<string, number>();
    for (const { origin } of rows) {
      counts.set(origin, (counts.get(origin) ?? 0) + 1);
    }
    const origins = [...counts]
      .map(([origin, count]) => ({ origin, count }))
      .sort((a, b) => b.count - a.count || a.origin.localeCompare(b.origin));
    return { count: rows.length, origins };
  }

  async updateRead(query: UpdateReadQuery): Promise<void> {
    this.updates.push(query);
    this.#refuse('updateRead');
    this.#change(query.messageId, message => ({
      ...message,
      readByUser: query.read,
      archived: message.archived && query.read,
    }));
  }

  async updateArchived(query: UpdateArchivedQuery): Promise<void> {
    this.archived.push(query);
    this.#refuse('updateArchived');
    this.#change(query.messageId, message => ({
      ...message,
      archived: query.archived,
      readByUser: message.readByUser || query.archived,
    }));
  }

  async updateSaved(query: UpdateSavedQuery): Promise<void> {
    this.saved.push(query);
    this.#refuse('updateSaved');
    this.#change(query.messageId, message => ({
      ...message,
      saved: query.saved,
    }));
  }

  async markAllRead(query: MarkAllReadQuery = {}): Promise<void> {
    this.allRead.push(query);
    this.#refuse('markAllRead');
    const { upTo, upToDate, ...filter } = query;
    const last =
      upTo === undefined ? undefined : upToDate ?? momentOf(this.#known(upTo));
    const ids = this.#matching(filter)
      .filter(message => last === undefined || momentOf(message) <= last)
      .map(({ id }) => id);
    this.#change(ids, message => ({ ...message, readByUser: true }));
  }

  async clearNotifications(): Promise<void> {
    this.messages = this.messages.map(message => ({
      ...message,
      archived: true,
      readByUser: true,
    }));
  }

  async correctNotification(
    id: string,
    correction: CorrectNotification,
  ): Promise<NotificationContent> {
    const named = Object.entries(correction).map(([name, value]) => [
      name,
      value ?? undefined,
    ]);
    this.#change([id], message => ({
      ...message,
      ...Object.fromEntries(named),
      corrected: new Date().toISOString(),
    }));
    return this.#known(id);
  }

  async withdrawNotification(id: string): Promise<void> {
    this.#known(id);
    this.messages = this.messages.filter(message => message.id !== id);
  }

  async getPreferences(): Promise<Preferences> {
    this.#refuse('getPreferences');
    const topics = new Map<string, Set<string>>();
    for (const { origin, topic } of this.messages) {
      const known = topics.get(origin) ?? new Set();
      topics.set(origin, topic === undefined ? known : known.add(topic));
    }
    return {
      channels: this.channels,
      rules: this.rules,
      defaults: this.defaults,
      origins: [...topics].map(([origin, known]) => ({
        origin,
        topics: [...known].sort(),
      })),
    };
  }

  async updatePreferences({ rules }: UpdatePreferences): Promise<Preferences> {
    this.#refuse('updatePreferences');
    const { mandatoryOrigins } = this.defaults;
    const isWrong = rules.some(
      ({ channel, origin, enabled }) =>
        !this.channels.includes(channel) ||
        (!enabled && origin !== undefined && mandatoryOrigins.includes(origin)),
    );
    if (isWrong) {
      throw refused(400);
    }
    this.rules = rules;
    return this.getPreferences();
  }

  async getPreferenceDefaults(): Promise<PreferenceDefaults> {
    this.#refuse('getDefaults');
    return this.defaults;
  }

  async updatePreferenceDefaults(
    defaults: PreferenceDefaults,
  ): Promise<PreferenceDefaults> {
    this.#refuse('updateDefaults');
    this.defaults = defaults;
    return defaults;
  }

  async erasePerson(): Promise<Erased> {
    throw new Error('The page does not erase');
  }

  #refuse(call: Call) {
    const refusal = this.refusals[call];
    if (refusal) {
      throw refusal;
    }
  }

  #known(id: string): Notification {
    const message = this.messages.find(one => one.id === id);
    if (!message) {
      throw refused(404);
    }
    return message;
  }

  /** All of them or none. */
  #change(
    ids: readonly string[],
    change: (message: Notification) => Notification,
  ) {
    ids.forEach(id => this.#known(id));
    this.messages = this.messages.map(message =>
      ids.includes(message.id) ? change(message) : message,
    );
  }

  #isMuted({ origin, topic }: Notification): boolean {
    if (this.defaults.mandatoryOrigins.includes(origin)) {
      return false;
    }
    const specificity = (rule: PreferenceRule) =>
      (rule.topic === undefined ? 0 : 2) + (rule.origin === undefined ? 0 : 1);
    const strongest = (rules: readonly PreferenceRule[]) =>
      rules
        .filter(
          rule =>
            rule.channel === WEB_CHANNEL &&
            (rule.origin === undefined || rule.origin === origin) &&
            (rule.topic === undefined || rule.topic === topic),
        )
        .sort((a, b) => specificity(b) - specificity(a))
        .at(0);
    const rule = strongest(this.rules) ?? strongest(this.defaults.rules);
    return rule?.enabled === false;
  }

  #matching(filter: NotificationFilter): Notification[] {
    const { containsText, createdAfter, messageScope = 'user' } = filter;
    const { read, saved, archived = saved ? undefined : false } = filter;
    return this.messages.filter(
      message =>
        !this.#isMuted(message) &&
        (messageScope === 'all' ||
          message.isSystem === (messageScope === 'system')) &&
        (read === undefined || message.readByUser === read) &&
        (archived === undefined || message.archived === archived) &&
        (saved === undefined || message.saved === saved) &&
        fits(filter.origin, message.origin) &&
        fits(filter.topic, message.topic) &&
        fits(filter.severity, message.severity) &&
        (createdAfter === undefined || message.created > createdAfter) &&
        (containsText === undefined ||
          `${message.title}\n${message.message ?? ''}`
            .toLowerCase()
            .includes(containsText.toLowerCase())),
    );
  }
}

export function refused(statusCode: number, message?: string): Error {
  return Object.assign(new Error(message ?? `refused with ${statusCode}`), {
    statusCode,
  });
}
