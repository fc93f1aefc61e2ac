import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** Tells the host's audit log of somebody who was not let through, and throws the refusal on. @public */
export async function auditRefusal(
  auditor: AuditorService,
  event: AuditorServiceCreateEventOptions,
  refusal: unknown,
): Promise<never> {
  const { request, ...anonymous } = event;
  const entry = await auditor
    .createEvent(event)
    // It asks the request who it was, and broken credentials do not say.
    .catch(() => auditor.createEvent(anonymous));
  await entry.fail({ error: toError(refusal) });
  throw refusal;
}
