import { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Request } from 'express';

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
