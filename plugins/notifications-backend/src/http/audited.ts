import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { Request } from 'express';

/** Does something that the host's audit log has to know of, whether it succeeds or fails. */
export async function audited<T>(
  auditor: AuditorService,
  event: AuditorServiceCreateEventOptions,
  action: () => Promise<T>,
): Promise<T> {
  const entry = await auditor.createEvent(event);
  let result: T;
  try {
    result = await action();
  } catch (error) {
    await entry.fail({ error: toError(error) });
    throw error;
  }
  await entry.success();
  return result;
}

/** Tells the host's audit log of somebody who was not let through. */
export async function auditRefusal(
  auditor: AuditorService,
  request: Request,
  refusal: unknown,
): Promise<never> {
  const event = { eventId: 'send', severityLevel: 'medium' } as const;
  const entry = await auditor
    .createEvent({ ...event, request })
    // It asks the request who it was, and broken credentials do not say.
    .catch(() => auditor.createEvent(event));
  await entry.fail({ error: toError(refusal) });
  throw refusal;
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
