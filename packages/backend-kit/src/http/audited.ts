import {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** Does something that the host's audit log has to know of, whether it succeeds or fails. @public */
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
