import {
  isFinal,
  manualPublishOperations,
  type Job,
  type JobEvent,
  type JobLog,
  type JobSummary,
  type Manual,
  type Manuals,
  type Publish,
  type Sidebar,
} from '@herald/backstage-plugin-manual-publish-common';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { aJob, aSidebar } from './examples';

const BASE = '/api/manual-publish';

type Call = { method: string; path: string; body: unknown };
type Refusal = { status: number; name: string; message: string };
type Stream = { jobId: string; response: http.ServerResponse };

/** Pages of other origins may ask, too: the development server has one of its own. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': '*',
};

/** An answer as Backstage refuses. */
function refuse(
  response: http.ServerResponse,
  { status, ...error }: Refusal,
): void {
  send(response, status, { error, response: { statusCode: status } });
}

function send(response: http.ServerResponse, status: number, answer?: object) {
  response.writeHead(status, { ...CORS, 'Content-Type': 'application/json' });
  response.end(answer && JSON.stringify(answer));
}

/**
 * The backend as its contract has it, over a real connection: requests and answers go through the schemas, so that neither the page nor a
 * test says what the contract does not. What happens to jobs is told by the test.
 */
export class ManualsServer {
  sidebar: Sidebar = aSidebar();
  manuals: Manual[] = [];
  readings: Manuals['solutions'] = [];
  /** What `refresh` finds instead of what is stored. */
  refreshed: Manual[] | undefined;
  /** What becomes of a job that was asked for. */
  onPublish: (job: Job) => void = () => {};
  /** Streams are accepted, and nothing is written to them. */
  isHoldingBack = false;
  readonly calls: Call[] = [];
  #standing: { path: RegExp; refusal: Refusal } | undefined;
  readonly #refusals: { path: RegExp; refusal: Refusal }[] = [];
  readonly #jobs = new Map<string, { job: Job; events: JobEvent[] }>();
  readonly #streams = new Set<Stream>();
  readonly #server = http.createServer((request, response) => {
    this.#answer(request, response).catch(error =>
      refuse(response, { status: 500, name: 'Error', message: String(error) }),
    );
  });

  static async start(port = 0): Promise<ManualsServer> {
    const server = new ManualsServer();
    await new Promise<void>(resolve => {
      server.#server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  get discoveryApi() {
    const { port } = this.#server.address() as AddressInfo;
    return { getBaseUrl: async () => `http://127.0.0.1:${port}${BASE}` };
  }

  get streams(): number {
    return this.#streams.size;
  }

  job(id: string): Job {
    return this.#found(id).job;
  }

  addJob(job: Job): Job {
    this.#jobs.set(job.id, { job, events: [{ type: 'job', job }] });
    return job;
  }

  /** Something happens to a job, and its watchers hear of it. */
  tell(id: string, event: JobEvent): void {
    const found = this.#found(id);
    found.job = changedBy(found.job, event);
    found.events.push(event);
    const number = found.events.length;
    for (const { jobId, response } of this.#streams) {
      if (jobId === id) {
        this.#write(response, event, number);
      }
    }
    if (isFinal(found.job.status)) {
      this.endStreams(id);
    }
  }

  /** The job changes, and its watchers hear of it. */
  change(id: string, changes: Partial<Job>): void {
    const { job } = this.#found(id);
    const updated = Math.max(Date.now(), Date.parse(job.updated_at) + 1);
    this.tell(id, {
      type: 'job',
      job: {
        ...job,
        updated_at: new Date(updated).toISOString(),
        ...changes,
      },
    });
  }

  endStreams(id?: string): void {
    this.#streams.forEach(({ jobId, response }) => {
      if (id === undefined || jobId === id) {
        response.end();
      }
    });
  }

  /** The next call of this path is refused. */
  refuse(path: RegExp, status: number, message: string, name = 'Error'): void {
    this.#refusals.push({ path, refusal: { status, name, message } });
  }

  /** From now on calls of this path are refused. */
  refuseAll(path: RegExp, status: number, message: string, name = 'Error') {
    this.#standing = { path, refusal: { status, name, message } };
  }

  refuseNone() {
    this.#standing = undefined;
  }

  #found(id: string) {
    const found = this.#jobs.get(id);
    if (!found) {
      throw new Error(`There is no job ${id}`);
    }
    return found;
  }

  #write(response: http.ServerResponse, event: JobEvent, id: number) {
    if (!this.isHoldingBack) {
      response.write(
        `event: ${event.type}\nid: ${id}\ndata: ${JSON.stringify(event)}\n\n`,
      );
    }
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse) {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://any');
    const path = pathname.slice(BASE.length);
    const method = request.method ?? '';
    if (method === 'OPTIONS') {
      send(response, 204);
      return;
    }
    const body = await bodyOf(request);
    this.calls.push({ method, path: path + searchOf(searchParams), body });
    if (this.#standing?.path.test(path)) {
      refuse(response, this.#standing.refusal);
      return;
    }
    const refused = this.#refusals.findIndex(one => one.path.test(path));
    if (refused >= 0) {
      const [{ refusal }] = this.#refusals.splice(refused, 1);
      refuse(response, refusal);
      return;
    }
    const [, place, id = '', action] = path.split('/');
    switch (`${method} ${place}`) {
      case 'GET sidebar':
        send(
          response,
          200,
          manualPublishOperations.sidebar.success.body.parse(this.sidebar),
        );
        return;
      case 'GET manuals':
        send(response, 200, this.#manualsOf(searchParams));
        return;
      case 'POST publish':
        this.#publish(response, body);
        return;
      case 'GET watch':
        this.#watch(request, response, id);
        return;
      default:
        if (place === 'jobs' && id === '') {
          send(response, 200, this.#list(searchParams));
        } else if (place === 'jobs' && this.#jobs.has(id)) {
          this.#act(response, id, action, searchParams);
        } else {
          const message = `There is no job ${id}`;
          refuse(response, { status: 404, name: 'NotFoundError', message });
        }
    }
  }

  #manualsOf(search: URLSearchParams): Manuals {
    const { manuals: operation } = manualPublishOperations;
    const { selected_solution: name, refresh } = operation.query.parse({
      ...Object.fromEntries(search),
      ...(search.has('refresh') && { refresh: true }),
    });
    if (refresh && this.refreshed) {
      this.manuals = this.refreshed;
    }
    const isOf = (solution: string) =>
      name === undefined || solution.toLowerCase() === name.toLowerCase();
    return operation.success.body.parse({
      manuals: this.manuals.filter(({ solution }) => isOf(solution)),
      solutions: this.sidebar.solutions
        .filter(solution => isOf(solution.name))
        .map(
          solution =>
            this.readings.find(one => one.name === solution.name) ?? {
              name: solution.name,
              read_at: new Date().toISOString(),
            },
        ),
    });
  }

  #log(id: string, search: URLSearchParams): JobLog {
    const { jobLog: operation } = manualPublishOperations;
    const { after, limit } = operation.query.parse({
      after: Number(search.get('after') ?? 0),
      limit: Number(search.get('limit') ?? 500),
    });
    const lines = this.#found(id).events.flatMap((event, index) =>
      event.type === 'log' && index + 1 > after
        ? [{ id: index + 1, at: event.at, message: event.message }]
        : [],
    );
    return operation.success.body.parse({ lines: lines.slice(0, limit) });
  }

  #publish(response: http.ServerResponse, body: unknown) {
    const { data: asked, error } =
      manualPublishOperations.publish.body.safeParse(body);
    if (!asked) {
      const message = error.issues
        .map(issue => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ');
      refuse(response, { status: 400, name: 'InputError', message });
      return;
    }
    send(response, 202, { job_id: this.#begin(asked) });
  }

  #begin(asked: Publish): string {
    const page = this.manuals.find(({ id }) => id === asked.notion_page_id);
    const job = this.addJob(
      aJob({
        id: randomUUID(),
        status: 'STARTED',
        solution: asked.selected_solution,
        notion_page_id: asked.notion_page_id,
        title: page?.title ?? asked.selected_solution,
        target_languages:
          asked.target_languages ?? this.sidebar.target_languages,
        dry_run: asked.dry_run ?? false,
        force: asked.force ?? false,
        update_slugs: asked.update_slugs ?? false,
        created_at: new Date().toISOString(),
        updated_at: new Date().toISOString(),
        started_at: new Date().toISOString(),
        steps: [{ status: 'STARTED', at: new Date().toISOString(), ms: null }],
        may: { cancel: true, retry: false },
      }),
    );
    this.onPublish(job);
    return job.id;
  }

  #watch(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    id: string,
  ) {
    const found = this.#jobs.get(id);
    if (!found) {
      const message = `There is no job ${id}`;
      refuse(response, { status: 404, name: 'NotFoundError', message });
      return;
    }
    response.writeHead(200, { ...CORS, 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    const { job, events } = found;
    const after = request.headers['last-event-id'];
    if (after === undefined) {
      this.#write(response, { type: 'job', job }, events.length);
    } else {
      events
        .slice(Number(after))
        .forEach((event, index) =>
          this.#write(response, event, Number(after) + index + 1),
        );
    }
    if (isFinal(job.status)) {
      response.end();
      return;
    }
    const stream = { jobId: id, response };
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
  }

  #list(search: URLSearchParams) {
    const { jobs: operation } = manualPublishOperations;
    const query = operation.query.parse({
      ...Object.fromEntries(search),
      ...(search.has('status') && { status: search.getAll('status') }),
      limit: Number(search.get('limit') ?? 20),
    });
    const fitting = [...this.#jobs.values()]
      .map(({ job }): JobSummary => job)
      .filter(
        ({ status, solution, requested_by: by }) =>
          (!query.status || query.status.includes(status)) &&
          (!query.solution || query.solution === solution) &&
          (!query.requested_by || query.requested_by === by),
      )
      .sort((one, other) => other.created_at.localeCompare(one.created_at));
    const from = Number(query.cursor ?? 0);
    const to = from + query.limit;
    return operation.success.body.parse({
      jobs: fitting.slice(from, to),
      next_cursor: to < fitting.length ? String(to) : null,
    });
  }

  #act(
    response: http.ServerResponse,
    id: string,
    action: string | undefined,
    search: URLSearchParams,
  ) {
    const { job } = this.#found(id);
    if (action === 'log') {
      send(response, 200, this.#log(id, search));
      return;
    }
    if (action === 'retry') {
      const again = this.#begin({
        notion_page_id: job.notion_page_id,
        selected_solution: job.solution,
        target_languages: job.target_languages,
      });
      send(response, 202, { job_id: again });
      return;
    }
    if (action === 'cancel') {
      this.change(id, {
        status: 'CANCELLED',
        ended_at: new Date().toISOString(),
        may: { cancel: false, retry: true },
      });
    }
    send(
      response,
      200,
      manualPublishOperations.job.success.body.parse(this.job(id)),
    );
  }
}

function changedBy(job: Job, event: JobEvent): Job {
  switch (event.type) {
    case 'job':
      return event.job;
    case 'progress':
      return { ...job, progress: event.progress, cost: event.cost };
    case 'warning':
      return {
        ...job,
        warnings: [...job.warnings, event.warning],
        warning_count: job.warning_count + 1,
      };
    default:
      return job;
  }
}

function searchOf(search: URLSearchParams): string {
  return search.size > 0 ? `?${search}` : '';
}

async function bodyOf(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}
