import { AuditorService } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  JobList,
  JobLog,
  Published,
  manualPublishOperations,
} from '@herald/backstage-plugin-manual-publish-common';
import {
  auditRefusal,
  audited,
  jsonBodyReader,
  parse,
  parseQuery,
} from '@herald/backend-kit';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Job, JobId } from '../publishing/Job';
import { JobDesk } from '../publishing/JobDesk';
import { JobStore } from '../publishing/JobStore';
import { explained } from './explained';
import { Caller, Gatekeeper } from './Gatekeeper';
import { JobPresenter } from './JobPresenter';

const { publish, job, jobLog, jobs, cancel, retry } = manualPublishOperations;
const readJsonBody = jsonBodyReader(64 * 1024);

export type JobsRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  desk: JobDesk;
  jobs: JobStore;
  presenter: JobPresenter;
};

/** Jobs: asked for, looked at, cancelled, tried again. */
export function jobsRouter(options: JobsRouterOptions): Router {
  const { auditor, gatekeeper, desk, presenter } = options;
  const router = PromiseRouter();

  router.post(publish.path, async (req, res) => {
    // Nobody learns from a refusal which solutions there are.
    const caller = await changer(req, 'publish');
    const body = parse(publish.body, await readJsonBody(req, res), 'body');
    const solution = desk.solution(body.selected_solution);
    const created = await audited(
      auditor,
      {
        eventId: 'publish',
        severityLevel: 'medium',
        request: req,
        meta: {
          caller: caller.principal,
          solution: solution.name,
          pageId: body.notion_page_id,
        },
      },
      async () => {
        await gatekeeper.demandPublish(caller, solution.name);
        return explaining(() =>
          desk.publish({
            pageId: body.notion_page_id,
            solution: solution.name,
            targetLanguages: body.target_languages,
            dryRun: body.dry_run ?? false,
            force: body.force ?? false,
            updateSlugs: body.update_slugs ?? false,
            requestedBy: caller.principal,
          }),
        );
      },
    );
    const answer: Published = { job_id: created.id };
    res.status(202).json(answer);
  });

  router.get(jobs.path, async (req, res) => {
    const caller = await gatekeeper.reader(req);
    const query = parseQuery(jobs.query, req.originalUrl);
    const found = await options.jobs.list(
      {
        states: query.status,
        solution:
          query.solution === undefined
            ? undefined
            : desk.solution(query.solution, 'Parameter solution').name,
        requestedBy: query.requested_by,
      },
      // One more tells whether there is another page.
      { limit: query.limit + 1, before: readCursor(query.cursor) },
    );
    const page = found.slice(0, query.limit);
    const answer: JobList = {
      jobs: await presenter.summaries(page, caller),
      next_cursor:
        found.length > page.length ? writeCursor(page[page.length - 1]) : null,
    };
    res.json(answer);
  });

  router.get(job.path, async (req, res) => {
    const caller = await gatekeeper.reader(req);
    const found = await desk.job(jobIdOf(req));
    res.json(await presenter.whole(found, caller));
  });

  router.get(jobLog.path, async (req, res) => {
    await gatekeeper.reader(req);
    const { after, limit } = parseQuery(jobLog.query, req.originalUrl);
    const { id, eventCount } = await desk.job(jobIdOf(req));
    // A number that the job has not reached may be one that the database cannot compare with.
    const seen = Math.min(after, eventCount);
    const lines = await options.jobs.logAfter(id, seen, limit);
    const answer: JobLog = {
      lines: lines.map(({ number, at, message }) => ({
        id: number,
        at: at.toISOString(),
        message,
      })),
    };
    res.json(answer);
  });

  router.post(cancel.path, async (req, res) => {
    const caller = await changer(req, 'cancel-job');
    const id = jobIdOf(req);
    const changed = await audited(
      auditor,
      {
        eventId: 'cancel-job',
        severityLevel: 'medium',
        request: req,
        meta: { caller: caller.principal, jobId: id },
      },
      async () => {
        await demand('mayCancel', caller, id);
        return desk.cancel(id);
      },
    );
    res.json(await presenter.whole(changed, caller));
  });

  router.post(retry.path, async (req, res) => {
    const caller = await changer(req, 'retry-job');
    const id = jobIdOf(req);
    const created = await audited(
      auditor,
      {
        eventId: 'retry-job',
        severityLevel: 'medium',
        request: req,
        meta: { caller: caller.principal, jobId: id },
      },
      async () => {
        await demand('mayRetry', caller, id);
        return explaining(() => desk.retry(id, caller.principal));
      },
    );
    const answer: Published = { job_id: created.id };
    res.status(202).json(answer);
  });

  /** Who wants to change something; the audit log hears of those who may not even look. */
  function changer(
    request: Request,
    eventId: 'publish' | 'cancel-job' | 'retry-job',
  ): Promise<Caller> {
    return gatekeeper
      .reader(request)
      .catch(refusal =>
        auditRefusal(
          auditor,
          { eventId, severityLevel: 'medium', request },
          refusal,
        ),
      );
  }

  async function demand(
    permitted: 'mayCancel' | 'mayRetry',
    caller: Caller,
    id: JobId,
  ): Promise<void> {
    if (!(await gatekeeper[permitted](caller, await desk.job(id)))) {
      throw new NotAllowedError(
        'This job is not yours, or you may not publish its solution',
      );
    }
  }

  return router;
}

/** @throws InputError where the path has no id */
export function jobIdOf(req: Request): JobId {
  return parse(
    job.pathParams,
    req.params,
    'parameter',
  ).job_id.toLowerCase() as JobId;
}

async function explaining<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw explained(error);
  }
}

function writeCursor({ id }: Job): string {
  return Buffer.from(id).toString('base64url');
}

function readCursor(cursor: string | undefined): JobId | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[0-9a-f-]{36}$/.test(id)) {
    throw new InputError(
      'Parameter cursor: is not one that this list has given out',
    );
  }
  return id as JobId;
}
