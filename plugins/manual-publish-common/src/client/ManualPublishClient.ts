import {
  OperationClient,
  type Operation,
  type OperationClientOptions,
  type OperationRequest,
  type RequestOptions,
} from '@herald/api-contract';
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
export type ManualPublishRequestOptions = RequestOptions;

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
  readonly #operations: OperationClient;

  constructor(options: OperationClientOptions) {
    this.#operations = new OperationClient('manual-publish', options);
  }

  async getSidebar(options?: ManualPublishRequestOptions): Promise<Sidebar> {
    return this.#json(manualPublishOperations.sidebar, {}, options);
  }

  async listManuals(
    query: ManualsQuery = {},
    options?: ManualPublishRequestOptions,
  ): Promise<Manuals> {
    return this.#json(manualPublishOperations.manuals, { query }, options);
  }

  async publish(
    request: Publish,
    options?: ManualPublishRequestOptions,
  ): Promise<Published> {
    return this.#json(
      manualPublishOperations.publish,
      { body: request },
      options,
    );
  }

  async getJob(
    id: string,
    options?: ManualPublishRequestOptions,
  ): Promise<Job> {
    return this.#json(
      manualPublishOperations.job,
      { params: { job_id: id } },
      options,
    );
  }

  async listJobs(
    query: ListJobsQuery = {},
    options?: ManualPublishRequestOptions,
  ): Promise<JobList> {
    return this.#json(manualPublishOperations.jobs, { query }, options);
  }

  async cancelJob(
    id: string,
    options?: ManualPublishRequestOptions,
  ): Promise<Job> {
    return this.#json(
      manualPublishOperations.cancel,
      { params: { job_id: id } },
      options,
    );
  }

  async retryJob(
    id: string,
    options?: ManualPublishRequestOptions,
  ): Promise<Published> {
    return this.#json(
      manualPublishOperations.retry,
      { params: { job_id: id } },
      options,
    );
  }

  async watchJob(
    id: string,
    options: ManualPublishRequestOptions & { lastEventId?: string } = {},
  ): Promise<Response> {
    const { lastEventId } = options;
    return this.#operations.call(
      manualPublishOperations.watch,
      {
        params: { job_id: id },
        headers:
          lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
      },
      options,
    );
  }

  async #json<T>(
    operation: Pick<Operation, 'method' | 'path'>,
    request: OperationRequest,
    options: RequestOptions | undefined,
  ): Promise<T> {
    const response = await this.#operations.call(operation, request, options);
    return (await response.json()) as T;
  }
}
