import { AuditorService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { StandInRule, audited } from '@herald/backend-kit';
import { Request } from 'express';
import { SignedInUser } from '../audience/Audience';
import { Sender } from './Gatekeeper';

/**
 * Sends to everybody, where the caller may; the host's audit log hears of it either way.
 *
 * @throws NotAllowedError where permissions are switched off and the caller is not named
 */
export async function broadcasting<T>(
  options: {
    auditor: AuditorService;
    broadcastRule: StandInRule<SignedInUser>;
  },
  req: Request | undefined,
  caller: Sender,
  origin: string,
  deliver: () => Promise<T>,
): Promise<T> {
  return audited(
    options.auditor,
    {
      eventId: 'broadcast',
      severityLevel: 'medium',
      request: req,
      meta: { sender: caller.principal, origin },
    },
    async () => {
      if (!(await options.broadcastRule.allows(caller))) {
        throw new NotAllowedError(
          'Sending to everybody: permissions are switched off here, and you are not among notifications.broadcasters',
        );
      }
      return deliver();
    },
  );
}
