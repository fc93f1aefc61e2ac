import { ResponseError } from '@backstage/errors';
import { notificationsOperations } from '../operations';
import type {
  Notification,
  SendNotification,
  SentNotification,
} from '../schemas/message';
import type {
  ListNotificationsQuery,
  NotificationCount,
  NotificationFilter,
  UpdateReadQuery,
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
  countNotifications(
    filter?: NotificationFilter,
    options?: NotificationsRequestOptions,
  ): Promise<number>;
  updateRead(
    query: UpdateReadQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void>;
}

type QueryValue = string | number | boolean | readonly string[] | undefined;

function toSearch(query: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const single of [value].flat()) {
      if (single !== undefined) {
        search.append(name, String(single));
      }
    }
  }
  return search.size > 0 ? `?${search}` : '';
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
    const headers: Record<string, string> = {
      'Content-Type': 'application/json',
    };
    if (options?.idempotencyKey !== undefined) {
      headers['Idempotency-Key'] = options.idempotencyKey;
    }
    const response = await this.#call('send', options, {
      headers,
      body: JSON.stringify(notification),
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

  async countNotifications(
    filter: NotificationFilter = {},
    options?: NotificationsRequestOptions,
  ): Promise<number> {
    const response = await this.#call('count', options, { query: filter });
    return ((await response.json()) as NotificationCount).count;
  }

  async updateRead(
    query: UpdateReadQuery,
    options?: NotificationsRequestOptions,
  ): Promise<void> {
    await this.#call('updateRead', options, { query });
  }

  async #call(
    name: keyof typeof notificationsOperations,
    options: NotificationsRequestOptions | undefined,
    request: {
      query?: Record<string, QueryValue>;
      headers?: Record<string, string>;
      body?: string;
    },
  ): Promise<Response> {
    const { method, path } = notificationsOperations[name];
    const baseUrl = await this.#discoveryApi.getBaseUrl('notifications');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}${toSearch(request.query ?? {})}`,
      {
        method: method.toUpperCase(),
        headers: {
          ...request.headers,
          ...(options?.token && { Authorization: `Bearer ${options.token}` }),
        },
        body: request.body,
        signal: options?.signal,
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
