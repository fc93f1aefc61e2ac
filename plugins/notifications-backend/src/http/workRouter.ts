import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { StandInRule, deadWorkRouter } from '@herald/backend-kit';
import { Router } from 'express';
import { SignedInUser } from '../audience/Audience';
import { DeadWorkDesk, DeadWorkItem } from '../messages/DeadWorkDesk';
import { administrator } from './administrationRouter';
import { Gatekeeper } from './Gatekeeper';
import { readJsonBody } from './readJsonBody';

export type WorkRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  administrationRule: StandInRule<SignedInUser>;
  deadWork: DeadWorkDesk;
};

/** `/work`: what was given up, such as mails that could not be sent; for administrators. */
export function workRouter(options: WorkRouterOptions): Router {
  return deadWorkRouter({
    auditor: options.auditor,
    administrator: req => administrator(options, req),
    desk: options.deadWork,
    present,
    readJsonBody,
  });
}

function present(item: DeadWorkItem): JsonObject {
  const { scheduled, createdAt, diedAt } = item;
  return {
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
  };
}
