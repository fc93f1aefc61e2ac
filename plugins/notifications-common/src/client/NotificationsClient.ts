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

/** What any call may be made with: a token, and a signal that ends it. @public */
export type NotificationsRequestOptions = RequestOptions;

/** What the plugin offers to its callers. @public */
export interface NotificationsApi {
  /** Sends a message; the same `idempotencyKey` with the same message sends once within 24 hours. */
  sendNotification(
    notification: SendNotification,
    options?: NotificationsRequestOptions & { idempotencyKey?: string },
  ): Promise<SentNotification>;
  /** A page of the user's messages. */
  listNotifications(
    query?: ListNotificationsQuery,
    options?: NotificationsRequestOptions,
  ): Promise<NotificationPage>;
  /** One of the user's own. */
  getNotification(
    id: string,
    options?: NotificationsRequestOptions,
  ): Promise<Notification>;
  /** How many of the user's messages match. */
  countNotifications(
    filter?: NotificationFilter,
    options?: NotificationsRequestOptions,
  ): Promise<number>;
  /** As `countNotifications`, and each origin by itself. */
  countByOrigin(
    filter?: NotificationFilter,
    options?: NotificationsRequestOptions,
  ): Promise<Required<NotificationCount>>;
  /** Makes messages read or unread. One unknown id refuses the whole request. */
  updateRead(
    query: UpdateReadQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  /** Puts messages away, or takes them out again. One unknown id refuses the whole request. */
  updateArchived(
    query: UpdateArchivedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  /** Keeps messages, or no longer does. One unknown id refuses the whole request. */
  updateSaved(
    query: UpdateSavedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
  /** Makes all messages read that match. */
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
  /** What the user is told of, and what there is to choose from. */
  getPreferences(options?: NotificationsRequestOptions): Promise<Preferences>;
  /** Replaces all of the user's rules. */
  updatePreferences(
    preferences: UpdatePreferences,
    options?: NotificationsRequestOptions,
  ): Promise<Preferences>;
  /** What holds for everybody who has not said otherwise. */
  getPreferenceDefaults(
    options?: NotificationsRequestOptions,
  ): Promise<PreferenceDefaults>;
  /** Replaces what holds for everybody who has not said otherwise; for administrators. */
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

  /** {@inheritDoc NotificationsApi.sendNotification} */
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

  /** {@inheritDoc NotificationsApi.listNotifications} */
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

  /** {@inheritDoc NotificationsApi.getNotification} */
  async getNotification(
    id: string,
    options?: NotificationsRequestOptions,
  ): Promise<Notification> {
    const response = await this.#call('get', options, { params: { id } });
    return (await response.json()) as Notification;
  }

  /** {@inheritDoc NotificationsApi.countNotifications} */
  async countNotifications(
    filter: NotificationFilter = {},
    options?: NotificationsRequestOptions,
  ): Promise<number> {
    const response = await this.#call('count', options, { query: filter });
    return ((await response.json()) as NotificationCount).count;
  }

  /** {@inheritDoc NotificationsApi.countByOrigin} */
  async countByOrigin(
    filter: NotificationFilter = {},
    options?: NotificationsRequestOptions,
  ): Promise<Required<NotificationCount>> {
    const response = await this.#call('count', options, {
      query: { ...filter, groupBy: 'origin' },
    });
    return (await response.json()) as Required<NotificationCount>;
  }

  /** {@inheritDoc NotificationsApi.updateRead} */
  async updateRead(
    query: UpdateReadQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('updateRead', options, { query });
  }

  /** {@inheritDoc NotificationsApi.updateArchived} */
  async updateArchived(
    query: UpdateArchivedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('updateArchived', options, { query });
  }

  /** {@inheritDoc NotificationsApi.updateSaved} */
  async updateSaved(
    query: UpdateSavedQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('updateSaved', options, { query });
  }

  /** {@inheritDoc NotificationsApi.markAllRead} */
  async markAllRead(
    query: MarkAllReadQuery = {},
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('markAllRead', options, { query });
  }

  /** {@inheritDoc NotificationsApi.clearNotifications} */
  async clearNotifications(
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('clear', options, {});
  }

  /** {@inheritDoc NotificationsApi.correctNotification} */
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

  /** {@inheritDoc NotificationsApi.withdrawNotification} */
  async withdrawNotification(
    id: string,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('withdraw', options, { params: { id } });
  }

  /** {@inheritDoc NotificationsApi.getPreferences} */
  async getPreferences(
    options?: NotificationsRequestOptions,
  ): Promise<Preferences> {
    const response = await this.#call('getPreferences', options, {});
    return (await response.json()) as Preferences;
  }

  /** {@inheritDoc NotificationsApi.updatePreferences} */
  async updatePreferences(
    preferences: UpdatePreferences,
    options?: NotificationsRequestOptions,
  ): Promise<Preferences> {
    const response = await this.#call('updatePreferences', options, {
      body: preferences,
    });
    return (await response.json()) as Preferences;
  }

  /** {@inheritDoc NotificationsApi.getPreferenceDefaults} */
  async getPreferenceDefaults(
    options?: NotificationsRequestOptions,
  ): Promise<PreferenceDefaults> {
    const response = await this.#call('getPreferenceDefaults', options, {});
    return (await response.json()) as PreferenceDefaults;
  }

  /** {@inheritDoc NotificationsApi.updatePreferenceDefaults} */
  async updatePreferenceDefaults(
    defaults: PreferenceDefaults,
    options?: NotificationsRequestOptions,
  ): Promise<PreferenceDefaults> {
    const response = await this.#call('updatePreferenceDefaults', options, {
      body: defaults,
    });
    return (await response.json()) as PreferenceDefaults;
  }

  /** {@inheritDoc NotificationsApi.erasePerson} */
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
