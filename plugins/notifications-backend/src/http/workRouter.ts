import { AuditorService } from '@backstage/backend-plugin-api';
import { StandInRule, audited, parse, parseQuery } from '@herald/backend-kit';
import {
  SelectDeadWork,
  notificationsOperations,
} from '@herald/backstage-plugin-notifications-common';
import { DeadWorkSelection, WorkId } from '@herald/work-queue';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { SignedInUser } from '../audience/Audience';
import { DeadWorkDesk } from '../messages/DeadWorkDesk';
import { administrator } from './administrationRouter';
import { Gatekeeper } from './Gatekeeper';
import { readJsonBody } from './readJsonBody';

const { listDeadWork, redriveWork, discardWork } = notificationsOperations;

export type WorkRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  administrationRule: StandInRule<SignedInUser>;
  deadWork: DeadWorkDesk;
};

/** `/work`: what was given up, such as mails that could not be sent; for administrators. */
export function workRouter(options: WorkRouterOptions): Router {
  const { deadWork } = options;
  const router = PromiseRouter();

  router.get(listDeadWork.path, async (req, res) => {
    await administrator(options, req);
    const { after, ...query } = parseQuery(listDeadWork.query, req.originalUrl);
    const items = await deadWork.list({
      ...query,
      after: after as WorkId | undefined,
    });
    res.json(
      // Not what it says: that may be a message to somebody else.
      items.map(({ scheduled, createdAt, diedAt, ...item }) => ({
        id: item.id,
        kind: item.kind,
        attempts: item.attempts,
        lastError: item.lastError,
        createdAt: createdAt.toISOString(),
        diedAt: diedAt.toISOString(),
        scheduled: scheduled && {
          ...scheduled,
          sendAt: scheduled.sendAt.toISOString(),
        },
      })),
    );
  });

  router.post(redriveWork.path, (req, res) =>
    change(options, req, res, 'redriveWork', selection =>
      deadWork.redrive(selection),
    ),
  );

  router.post(discardWork.path, (req, res) =>
    change(options, req, res, 'discardWork', selection =>
      deadWork.discard(selection),
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
