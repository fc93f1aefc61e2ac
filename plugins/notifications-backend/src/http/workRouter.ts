import { AuditorService } from '@backstage/backend-plugin-api';
import {
  SelectDeadWork,
  notificationsOperations,
} from '@herald/backstage-plugin-notifications-common';
import { DeadWorkSelection, WorkId, WorkQueue } from '@herald/work-queue';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { StandInRule } from '../messages/StandInRule';
import { administrator } from './administrationRouter';
import { audited } from './audited';
import { Gatekeeper } from './Gatekeeper';
import { parse, parseQuery } from './parse';
import { readJsonBody } from './readJsonBody';

const { listDeadWork, redriveWork, discardWork } = notificationsOperations;

export type WorkRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  administrationRule: StandInRule;
  work: Pick<WorkQueue, 'deadItems' | 'redrive' | 'discard'>;
};

/** `/work`: what was given up, such as mails that could not be sent; for administrators. */
export function workRouter(options: WorkRouterOptions): Router {
  const { work } = options;
  const router = PromiseRouter();

  router.get(listDeadWork.path, async (req, res) => {
    await administrator(options, req);
    const { after, ...query } = parseQuery(listDeadWork.query, req.originalUrl);
    const items = await work.deadItems({
      ...query,
      after: after as WorkId | undefined,
    });
    res.json(
      // Not what it is about: that may be a message to somebody else.
      items.map(({ id, kind, attempts, lastError, createdAt, diedAt }) => ({
        id,
        kind,
        attempts,
        lastError,
        createdAt: createdAt.toISOString(),
        diedAt: diedAt.toISOString(),
      })),
    );
  });

  router.post(redriveWork.path, (req, res) =>
    change(options, req, res, 'redriveWork', selection =>
      work.redrive(selection),
    ),
  );

  router.post(discardWork.path, (req, res) =>
    change(options, req, res, 'discardWork', selection =>
      work.discard(selection),
    ),
  );

  return router;
}

async function change(
  options: WorkRouterOptions,
  req: Request,
  res: Response,
  name: 'redriveWork' | 'discardWork',
  action: (selection: DeadWorkSelection) => Promise<number>,
): Promise<void> {
  const caller = await administrator(options, req);
  const operation = notificationsOperations[name];
  parseQuery(operation.query, req.originalUrl);
  const selection = parse(operation.body, await readJsonBody(req, res), 'body');
  const count = await audited(
    options.auditor,
    {
      eventId: name === 'redriveWork' ? 'redrive-work' : 'discard-work',
      severityLevel: 'medium',
      request: req,
      meta: { caller },
    },
    () => action(toSelection(selection)),
  );
  res.json({ count });
}

function toSelection(selection: SelectDeadWork): DeadWorkSelection {
  return 'kind' in selection
    ? selection
    : { ids: selection.ids.map(id => id.toLowerCase() as WorkId) };
}
