import {
  OperationClient,
  type Operation,
  type OperationClientOptions,
  type OperationRequest,
  type RequestOptions,
} from '@herald/api-contract';
import { manualPublishOperations } from '../operations';
import type {
  Job,
  JobList,
  JobLog,
  JobLogQuery,
  ListJobsQuery,
} from '../schemas/jobs';
import type {
  Manuals,
  ManualsQuery,
  Publish,
  Published,
  Sidebar,
} from '../schemas/manuals';

/** What any call may be made with: a token, and a signal that ends it. @public */
export type ManualPublishRequestOptions = RequestOptions;

/** What the plugin offers to its callers. Refusals are thrown as `ResponseError`. @public */
export interface ManualPublishApi {
  /** Solutions and languages that may be published. */
  getSidebar(options?: ManualPublishRequestOptions): Promise<Sidebar>;
  /** The pages of one solution, or of all, as last read from Notion. */
  listManuals(
    query?: ManualsQuery,
    options?: ManualPublishRequestOptions,
  ): Promise<Manuals>;
  /** Asks for a publication. It is answered at once; the job goes on by itself. */
  publish(
    request: Publish,
    options?: ManualPublishRequestOptions,
  ): Promise<Published>;
  /** A job, as it stands. */
  getJob(id: string, options?: ManualPublishRequestOptions): Promise<Job>;
  /** What was told of a job, the oldest first; by `watchJob` it comes as it happens. */
  getJobLog(
    id: string,
    query?: JobLogQuery,
    options?: ManualPublishRequestOptions,
  ): Promise<JobLog>;
  /** Jobs, the newest first. */
  listJobs(
    query?: ListJobsQuery,
    options?: ManualPublishRequestOptions,
  ): Promise<JobList>;
  /** Ends a job, as soon as it can. @returns the job, which may still be under way */
  cancelJob(id: string, options?: ManualPublishRequestOptions): Promise<Job>;
  /** Asks for the same publication as an ended job did. @returns the new job */
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

  /** {@inheritDoc ManualPublishApi.getSidebar} */
  async getSidebar(options?: ManualPublishRequestOptions): Promise<Sidebar> {
    return this.#json(manualPublishOperations.sidebar, {}, options);
  }

  /** {@inheritDoc ManualPublishApi.listManuals} */
  async listManuals(
    query: ManualsQuery = {},
    options?: ManualPublishRequestOptions,
  ): Promise<Manuals> {
    return this.#json(manualPublishOperations.manuals, { query }, options);
  }

  /** {@inheritDoc ManualPublishApi.publish} */
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

  /** {@inheritDoc ManualPublishApi.getJob} */
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

  /** {@inheritDoc ManualPublishApi.getJobLog} */
  async getJobLog(
    id: string,
    query: JobLogQuery = {},
    options?: ManualPublishRequestOptions,
  ): Promise<JobLog> {
    return this.#json(
      manualPublishOperations.jobLog,
      { params: { job_id: id }, query },
      options,
    );
  }

  /** {@inheritDoc ManualPublishApi.listJobs} */
  async listJobs(
    query: ListJobsQuery = {},
    options?: ManualPublishRequestOptions,
  ): Promise<JobList> {
    return this.#json(manualPublishOperations.jobs, { query }, options);
  }

  /** {@inheritDoc ManualPublishApi.cancelJob} */
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

  /** {@inheritDoc ManualPublishApi.retryJob} */
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

  /** {@inheritDoc ManualPublishApi.watchJob} */
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
