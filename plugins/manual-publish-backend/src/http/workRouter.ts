import { AuditorService } from '@backstage/backend-plugin-api';
import { JsonObject, JsonValue } from '@backstage/types';
import {
  DeadWorkDesk,
  deadWorkRouter,
  jsonBodyReader,
} from '@herald/backend-kit';
import { DeadWork } from '@herald/work-queue';
import { Router } from 'express';
import { Gatekeeper } from './Gatekeeper';

export type WorkRouterOptions = {
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  deadWork: DeadWorkDesk;
};

/** `/work`: what was given up, such as notifications that could not be sent; for administrators. */
export function workRouter(options: WorkRouterOptions): Router {
  return deadWorkRouter({
    auditor: options.auditor,
    administrator: async req =>
      (await options.gatekeeper.administrator(req)).principal,
    desk: options.deadWork,
    present,
    readJsonBody: jsonBodyReader(64 * 1024),
  });
}

function present(item: DeadWork): JsonObject {
  return {
    id: item.id,
    kind: item.kind,
    attempts: item.attempts,
    last_error: item.lastError ?? null,
    created_at: item.createdAt.toISOString(),
    died_at: item.diedAt.toISOString(),
    job_id: textIn(item.payload, 'jobId'),
    solution: textIn(item.payload, 'solution'),
  };
}

function textIn(payload: JsonValue, name: string): string | null {
  const value =
    payload && typeof payload === 'object' && !Array.isArray(payload)
      ? payload[name]
      : undefined;
  return typeof value === 'string' ? value : null;
}
