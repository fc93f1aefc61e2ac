import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { StandInRule } from '@herald/backend-kit';
import { SignedInUser } from '../audience/Audience';
import { Gatekeeper } from '../http/Gatekeeper';
import { Inbox } from '../messages/Inbox';
import { MessageSender } from '../messages/MessageSender';
import { registerListAction } from './listAction';
import { registerMarkAction } from './markAction';
import { registerSendAction } from './sendAction';

export type ActionsOptions = {
  actionsRegistry: ActionsRegistryService;
  auditor: AuditorService;
  gatekeeper: Gatekeeper;
  sender: MessageSender;
  inbox: Inbox;
  broadcastRule: StandInRule<SignedInUser>;
};

/**
 * What programs that talk to the host's actions registry (an MCP client, for one) may do here, each under the permissions of who
 * calls. The registry takes zod 3: these schemas are twins of those in -common, which have the last word on every input.
 */
export function registerActions(options: ActionsOptions): void {
  registerSendAction(options);
  registerListAction(options);
  registerMarkAction(options);
}
