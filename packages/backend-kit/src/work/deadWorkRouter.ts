import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  SelectDeadWork,
  WorkCount,
  listDeadWorkQuerySchema,
  selectDeadWorkSchema,
} from '@herald/api-contract';
import { DeadWork, DeadWorkSelection, WorkId } from '@herald/work-queue';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { auditRefusal } from '../http/auditRefusal';
import { audited } from '../http/audited';
import { parse, parseQuery } from '../http/parse';

/** What administrators do with work that was given up. @public */
export interface DeadWorkDesk<Item extends DeadWork = DeadWork> {
  /** The oldest first. */
  list(page: {
    kind?: string;
    after?: WorkId;
    limit?: number;
  }): Promise<Item[]>;
  /** Lets work be tried again, at once. @returns how much is due again */
  redrive(selection: DeadWorkSelection): Promise<number>;
  /** Removes work for good. @returns how much was removed */
  discard(selection: DeadWorkSelection): Promise<number>;
}

const none = z.strictObject({});

/**
 * `/work/dead`: what was given up, for administrators; the host's audit log hears of every change, and of who was refused one.
 *
 * @public
 */
export function deadWorkRouter<Item extends DeadWork>(options: {
  auditor: AuditorService;
  /** Proves that the caller is one. @returns who it is */
  administrator: (req: Request) => Promise<string>;
  desk: DeadWorkDesk<Item>;
  /** Work as the API has it: not what it carries, which may be a message to somebody else. */
  present: (item: Item) => JsonObject;
  readJsonBody: (req: Request, res: Response) => Promise<unknown>;
}): Router {
  const { auditor, administrator, desk, present } = options;
  const router = PromiseRouter();

  router.get('/work/dead', async (req, res) => {
    await administrator(req);
    const { after, ...query } = parseQuery(
      listDeadWorkQuerySchema,
      req.originalUrl,
    );
    const items = await desk.list({ ...query, after: after as WorkId });
    res.json(items.map(present));
  });

  const change = async (
    req: Request,
    res: Response,
    eventId: 'redrive-work' | 'discard-work',
    action: (selection: DeadWorkSelection) => Promise<number>,
  ) => {
    const event = { eventId, severityLevel: 'medium', request: req } as const;
    const caller = await administrator(req).catch(refusal =>
      auditRefusal(auditor, event, refusal),
    );
    parseQuery(none, req.originalUrl);
    const selection = parse(
      selectDeadWorkSchema,
      await options.readJsonBody(req, res),
      'body',
    );
    const count = await audited(auditor, { ...event, meta: { caller } }, () =>
      action(toSelection(selection)),
    );
    const answer: WorkCount = { count };
    res.json(answer);
  };

  router.post('/work/dead/redrive', (req, res) =>
    change(req, res, 'redrive-work', selection => desk.redrive(selection)),
  );

  router.post('/work/dead/discard', (req, res) =>
    change(req, res, 'discard-work', selection => desk.discard(selection)),
  );

  return router;
}

function toSelection(selection: SelectDeadWork): DeadWorkSelection {
  return 'kind' in selection
    ? selection
    : { ids: selection.ids.map(id => id.toLowerCase() as WorkId) };
}
