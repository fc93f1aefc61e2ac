import { ResponseError } from '@backstage/errors';
import type { Operation } from './Operation';
import { toSearch, type QueryValue } from './toSearch';

/** What any call may be made with. @public */
export type RequestOptions = {
  /** A Backstage token; not needed where `fetchApi` adds one. */
  token?: string;
  signal?: AbortSignal;
};

/**
 * How a client reaches the backend: `discoveryApi` knows where it is; without `fetchApi` the global `fetch` is used, and no token is added.
 *
 * @public
 */
export type OperationClientOptions = {
  discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  fetchApi?: { fetch: typeof fetch };
};

/** What goes with a call. @public */
export type OperationRequest = {
  /** By their names in the path. */
  params?: Record<string, string>;
  query?: Record<string, QueryValue>;
  headers?: Record<string, string>;
  body?: object;
};

/**
 * Makes the calls of one plugin over HTTP.
 *
 * @public
 */
export class OperationClient {
  readonly #pluginId: string;
  readonly #discoveryApi: OperationClientOptions['discoveryApi'];
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(pluginId: string, options: OperationClientOptions) {
    this.#pluginId = pluginId;
    this.#discoveryApi = options.discoveryApi;
    // Looked up at each call: a page may replace the global one later.
    this.#fetchApi = options.fetchApi ?? {
      fetch: (input, init) => fetch(input, init),
    };
  }

  /**
   * Makes one call.
   *
   * @returns the answer, whose body is not read yet
   * @throws ResponseError where the server refuses
   */
  async call(
    { method, path }: Pick<Operation, 'method' | 'path'>,
    request: OperationRequest,
    options: RequestOptions = {},
  ): Promise<Response> {
    const { params = {}, query = {}, headers, body } = request;
    const baseUrl = await this.#discoveryApi.getBaseUrl(this.#pluginId);
    const filledPath = path.replace(/:(\w+)/g, (_, name) =>
      encodeURIComponent(params[name]),
    );
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${filledPath}${toSearch(query)}`,
      {
        method: method.toUpperCase(),
        headers: {
          ...(body && { 'Content-Type': 'application/json' }),
          ...headers,
          ...(options.token && { Authorization: `Bearer ${options.token}` }),
        },
        body: body && JSON.stringify(body),
        signal: options.signal,
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
