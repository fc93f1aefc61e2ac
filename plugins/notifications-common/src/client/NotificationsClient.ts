import { ResponseError } from '@backstage/errors';
import { toSearch, type QueryValue } from '@herald/api-contract';
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
export type NotificationsRequestOptions = {
  /** A Backstage token; not needed where `fetchApi` adds one. */
  token?: string;
  signal?: AbortSignal;
};

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
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi ?? { fetch };
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
    request: {
      params?: Record<string, string>;
      query?: Record<string, QueryValue>;
      headers?: Record<string, string>;
      body?: object;
    },
  ): Promise<Response> {
    const { method, path } = notificationsOperations[name];
    const { params = {}, query = {}, body } = request;
    const baseUrl = await this.#discoveryApi.getBaseUrl('notifications');
    const filledPath = path.replace(/:(\w+)/g, (_, parameter) =>
      encodeURIComponent(params[parameter]),
    );
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${filledPath}${toSearch(query)}`,
      {
        method: method.toUpperCase(),
        headers: {
          ...(body && { 'Content-Type': 'application/json' }),
          ...request.headers,
          ...(options?.token && { Authorization: `Bearer ${options.token}` }),
        },
        body: body && JSON.stringify(body),
        signal: options?.signal,
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
