import {
  OperationClient,
  type OperationClientOptions,
  type OperationRequest,
  type RequestOptions,
} from '@herald/api-contract';
import { notificationsOperations } from '../operations/notificationsOperations';
import type {
  CorrectNotification,
  Notification,
  NotificationContent,
  SendNotification,
  SentNotification,
} from '../schemas/message';
import type {
  Erased,
  PreferenceDefaults,
  Preferences,
  UpdatePreferences,
} from '../schemas/preferences';
import type {
  ListNotificationsQuery,
  MarkAllReadQuery,
  NotificationCount,
  NotificationFilter,
  UpdateArchivedQuery,
  UpdateReadQuery,
  UpdateSavedQuery,
} from '../schemas/query';

/** A page of a list. @public */
export type NotificationPage = {
  items: Notification[];
  /** Give it as `cursor` to get the next page; absent on the last one. */
  nextCursor?: string;
  /** How many match in all; only where `total` was asked for. */
  totalCount?: number;
};

/** @public */
export type NotificationsRequestOptions = RequestOptions;

/** What the plugin offers to its callers. @public */
export interface NotificationsApi {
  sendNotification(
    notification: SendNotification,
    options?: NotificationsRequestOptions & { idempotencyKey?: string },
  ): Promise<SentNotification>;
  listNotifications(
    query?: ListNotificationsQuery,
    options?: NotificationsRequestOptions,
  ): Promise<NotificationPage>;
  /** One of the user's own. */
  getNotification(
    id: string,
    options?: NotificationsRequestOptions,
  ): Promise<Notification>;
  countNotifications(
    filter?: NotificationFilter,
    options?: NotificationsRequestOptions,
  ): Promise<number>;
  /** As `countNotifications`, and each origin by itself. */
  countByOrigin(
    filter?: NotificationFilter,
    options?: NotificationsRequestOptions,
  ): Promise<Required<NotificationCount>>;
  updateRead(
    query: UpdateReadQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  updateArchived(
    query: UpdateArchivedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  updateSaved(
    query: UpdateSavedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  markAllRead(
    query?: MarkAllReadQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  /** Puts all of the user's messages away. */
  clearNotifications(options?: NotificationsRequestOptions): Promise<void>;
  /** For the sender of the message, or an administrator. */
  correctNotification(
    id: string,
    correction: CorrectNotification,
    options?: NotificationsRequestOptions,
  ): Promise<NotificationContent>;
  /** For the sender of the message, or an administrator. */
  withdrawNotification(
    id: string,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  getPreferences(options?: NotificationsRequestOptions): Promise<Preferences>;
  /** Replaces all of the user's rules. */
  updatePreferences(
    preferences: UpdatePreferences,
    options?: NotificationsRequestOptions,
  ): Promise<Preferences>;
  getPreferenceDefaults(
    options?: NotificationsRequestOptions,
  ): Promise<PreferenceDefaults>;
  updatePreferenceDefaults(
    defaults: PreferenceDefaults,
    options?: NotificationsRequestOptions,
  ): Promise<PreferenceDefaults>;
  /** Erases a person's data, for good. */
  erasePerson(
    userRef: string,
    options?: NotificationsRequestOptions,
  ): Promise<Erased>;
}

function nextCursor(response: Response): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="next"/.exec(
    response.headers.get('link') ?? '',
  )?.[1];
  const search = target?.split('?', 2)[1];
  return new URLSearchParams(search).get('cursor') ?? undefined;
}

/**
 * The typed client of the notifications API, for browsers and for Node.
 * Every method throws a `ResponseError` where the server refuses.
 *
 * @public
 */
export class NotificationsClient implements NotificationsApi {
  readonly #operations: OperationClient;

  constructor(options: OperationClientOptions) {
    this.#operations = new OperationClient('notifications', options);
  }

  async sendNotification(
    notification: SendNotification,
    options?: NotificationsRequestOptions & { idempotencyKey?: string },
  ): Promise<SentNotification> {
    const key = options?.idempotencyKey;
    const response = await this.#call('send', options, {
      headers: key === undefined ? {} : { 'Idempotency-Key': key },
      body: notification,
    });
    return (await response.json()) as SentNotification;
  }

  async listNotifications(
    query: ListNotificationsQuery = {},
    options?: NotificationsRequestOptions,
  ): Promise<NotificationPage> {
    const response = await this.#call('list', options, { query });
    const total = response.headers.get('x-total-count');
    return {
      items: (await response.json()) as Notification[],
      nextCursor: nextCursor(response),
      totalCount: total === null ? undefined : Number(total),
    };
  }

  async getNotification(
    id: string,
    options?: NotificationsRequestOptions,
  ): Promise<Notification> {
    const response = await this.#call('get', options, { params: { id } });
    return (await response.json()) as Notification;
  }

  async countNotifications(
    filter: NotificationFilter = {},
    options?: NotificationsRequestOptions,
  ): Promise<number> {
    const response = await this.#call('count', options, { query: filter });
    return ((await response.json()) as NotificationCount).count;
  }

  async countByOrigin(
    filter: NotificationFilter = {},
    options?: NotificationsRequestOptions,
  ): Promise<Required<NotificationCount>> {
    const response = await this.#call('count', options, {
      query: { ...filter, groupBy: 'origin' },
    });
    return (await response.json()) as Required<NotificationCount>;
  }

  async updateRead(
    query: UpdateReadQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('updateRead', options, { query });
  }

  async updateArchived(
    query: UpdateArchivedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('updateArchived', options, { query });
  }

  async updateSaved(
    query: UpdateSavedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('updateSaved', options, { query });
  }

  async markAllRead(
    query: MarkAllReadQuery = {},
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('markAllRead', options, { query });
  }

  async clearNotifications(
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('clear', options, {});
  }

  async correctNotification(
    id: string,
    correction: CorrectNotification,
    options?: NotificationsRequestOptions,
  ): Promise<NotificationContent> {
    const response = await this.#call('correct', options, {
      params: { id },
      body: correction,
    });
    return (await response.json()) as NotificationContent;
  }

  async withdrawNotification(
    id: string,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('withdraw', options, { params: { id } });
  }

  async getPreferences(
    options?: NotificationsRequestOptions,
  ): Promise<Preferences> {
    const response = await this.#call('getPreferences', options, {});
    return (await response.json()) as Preferences;
  }

  async updatePreferences(
    preferences: UpdatePreferences,
    options?: NotificationsRequestOptions,
  ): Promise<Preferences> {
    const response = await this.#call('updatePreferences', options, {
      body: preferences,
    });
    return (await response.json()) as Preferences;
  }

  async getPreferenceDefaults(
    options?: NotificationsRequestOptions,
  ): Promise<PreferenceDefaults> {
    const response = await this.#call('getPreferenceDefaults', options, {});
    return (await response.json()) as PreferenceDefaults;
  }

  async updatePreferenceDefaults(
    defaults: PreferenceDefaults,
    options?: NotificationsRequestOptions,
  ): Promise<PreferenceDefaults> {
    const response = await this.#call('updatePreferenceDefaults', options, {
      body: defaults,
    });
    return (await response.json()) as PreferenceDefaults;
  }

  async erasePerson(
    userRef: string,
    options?: NotificationsRequestOptions,
  ): Promise<Erased> {
    const response = await this.#call('erase', options, { query: { userRef } });
    return (await response.json()) as Erased;
  }

  async #call(
    name: keyof typeof notificationsOperations,
    options: NotificationsRequestOptions | undefined,
    request: OperationRequest,
  ): Promise<Response> {
    return this.#operations.call(
      notificationsOperations[name],
      request,
      options,
    );
  }
}
