import {
  isFinal,
  manualPublishOperations,
  type Job,
  type JobEvent,
  type Manual,
  type Manuals,
  type Publish,
  type Sidebar,
} from '@herald/backstage-plugin-manual-publish-common';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { CORS, bodyOf, refuse, send, type Refusal } from './answers';
import { aJob, aSidebar } from './examples';
import { JobHistory } from './JobHistory';

const BASE = '/api/manual-publish';

type Call = { method: string; path: string; body: unknown };
type Stream = { jobId: string; response: http.ServerResponse };

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
  readonly #jobs = new JobHistory();
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
    return this.#jobs.job(id);
  }

  addJob(job: Job): Job {
    this.#jobs.add(job);
    return job;
  }

  /** Something happens to a job, and its watchers hear of it. */
  tell(id: string, event: JobEvent): void {
    this.#jobs.append(id, event);
    const number = this.#jobs.events(id).length;
    for (const { jobId, response } of this.#streams) {
      if (jobId === id) {
        this.#write(response, event, number);
      }
    }
    if (isFinal(this.job(id).status)) {
      this.endStreams(id);
    }
  }

  /** The job changes, and its watchers hear of it. */
  change(id: string, changes: Partial<Job>): void {
    const job = this.job(id);
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
          send(response, 200, this.#jobs.list(searchParams));
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
    if (!this.#jobs.has(id)) {
      const message = `There is no job ${id}`;
      refuse(response, { status: 404, name: 'NotFoundError', message });
      return;
    }
    response.writeHead(200, { ...CORS, 'Content-Type': 'text/event-stream' });
    response.flushHeaders();
    const job = this.job(id);
    const events = this.#jobs.events(id);
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

  #act(
    response: http.ServerResponse,
    id: string,
    action: string | undefined,
    search: URLSearchParams,
  ) {
    const job = this.job(id);
    if (action === 'log') {
      send(response, 200, this.#jobs.log(id, search));
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

function searchOf(search: URLSearchParams): string {
  return search.size > 0 ? `?${search}` : '';
}
