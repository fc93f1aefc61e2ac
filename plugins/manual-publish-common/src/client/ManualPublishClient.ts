import { ResponseError } from '@backstage/errors';
import { toSearch } from '@herald/api-contract';
import { manualPublishOperations } from '../operations';
import type { Job, JobList, ListJobsQuery } from '../schemas/jobs';
import type {
  Manuals,
  ManualsQuery,
  Publish,
  Published,
  Sidebar,
} from '../schemas/manuals';

/** @public */
export type ManualPublishRequestOptions = {
  /** A Backstage token; not needed where `fetchApi` adds one. */
  token?: string;
  signal?: AbortSignal;
};

/** What the plugin offers to its callers. Refusals are thrown as `ResponseError`. @public */
export interface ManualPublishApi {
  getSidebar(options?: ManualPublishRequestOptions): Promise<Sidebar>;
  listManuals(
    query?: ManualsQuery,
    options?: ManualPublishRequestOptions,
  ): Promise<Manuals>;
  publish(
    request: Publish,
    options?: ManualPublishRequestOptions,
  ): Promise<Published>;
  getJob(id: string, options?: ManualPublishRequestOptions): Promise<Job>;
  listJobs(
    query?: ListJobsQuery,
    options?: ManualPublishRequestOptions,
  ): Promise<JobList>;
  cancelJob(id: string, options?: ManualPublishRequestOptions): Promise<Job>;
  retryJob(
    id: string,
    options?: ManualPublishRequestOptions,
  ): Promise<Published>;
  /**
   * Opens the stream of a job; its body is `text/event-stream`, in which each event's data is a `JobEvent`.
   *
   * @param lastEventId - of the last event that was seen
   */
  watchJob(
    id: string,
    options?: ManualPublishRequestOptions & { lastEventId?: string },
  ): Promise<Response>;
}

/** The API over HTTP, for browsers and for other plugins. @public */
export class ManualPublishClient implements ManualPublishApi {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discoveryApi;
    this.#fetch = (input, init) =>
      options.fetchApi
        ? options.fetchApi.fetch(input, init)
        : fetch(input, init);
  }

  async getSidebar(options?: ManualPublishRequestOptions): Promise<Sidebar> {
    return this.#json(manualPublishOperations.sidebar, options);
  }

  async listManuals(
    query: ManualsQuery = {},
    options?: ManualPublishRequestOptions,
  ): Promise<Manuals> {
    return this.#json(manualPublishOperations.manuals, {
      ...options,
      search: toSearch(query),
    });
  }

  async publish(
    request: Publish,
    options?: ManualPublishRequestOptions,
  ): Promise<Published> {
    return this.#json(manualPublishOperations.publish, {
      ...options,
      body: request,
    });
  }

  async getJob(
    id: string,
    options?: ManualPublishRequestOptions,
  ): Promise<Job> {
    return this.#json(manualPublishOperations.job, { ...options, id });
  }

  async listJobs(
    query: ListJobsQuery = {},
    options?: ManualPublishRequestOptions,
  ): Promise<JobList> {
    return this.#json(manualPublishOperations.jobs, {
      ...options,
      search: toSearch(query),
    });
  }

  async cancelJob(
    id: string,
    options?: ManualPublishRequestOptions,
  ): Promise<Job> {
    return this.#json(manualPublishOperations.cancel, { ...options, id });
  }

  async retryJob(
    id: string,
    options?: ManualPublishRequestOptions,
  ): Promise<Published> {
    return this.#json(manualPublishOperations.retry, { ...options, id });
  }

  async watchJob(
    id: string,
    options: ManualPublishRequestOptions & { lastEventId?: string } = {},
  ): Promise<Response> {
    return this.#call(manualPublishOperations.watch, {
      ...options,
      id,
      headers:
        options.lastEventId === undefined
          ? {}
          : { 'Last-Event-ID': options.lastEventId },
    });
  }

  async #json<T>(operation: Called, options: CallOptions = {}): Promise<T> {
    const response = await this.#call(operation, options);
    return (await response.json()) as T;
  }

  async #call(
    { method, path }: Called,
    options: CallOptions,
  ): Promise<Response> {
    const baseUrl = await this.#discovery.getBaseUrl('manual-publish');
    const filled = path.replace(
      ':job_id',
      encodeURIComponent(options.id ?? ''),
    );
    const response = await this.#fetch(
      `${baseUrl}${filled}${options.search ?? ''}`,
      {
        method: method.toUpperCase(),
        signal: options.signal,
        headers: {
          ...options.headers,
          ...(options.token && { Authorization: `Bearer ${options.token}` }),
          ...(options.body !== undefined && {
            'Content-Type': 'application/json',
          }),
        },
        body:
          options.body === undefined ? undefined : JSON.stringify(options.body),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

type Called = { method: string; path: string };

type CallOptions = ManualPublishRequestOptions & {
  id?: string;
  search?: string;
  body?: object;
  headers?: Record<string, string>;
};
