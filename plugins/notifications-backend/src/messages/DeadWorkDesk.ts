import { DeadWorkDesk as AnyDeadWorkDesk } from '@herald/backend-kit';
import { DeadWork } from '@herald/work-queue';

/** Work that was given up, and of a message that could not be sent when its moment had come, which one that is. */
export type DeadWorkItem = DeadWork & {
  scheduled?: {
    messageId: string;
    sender: string;
    origin: string;
    topic?: string;
    sendAt: Date;
  };
};

/** What administrators do with work that was given up; messages go with the work that they waited for. */
export interface DeadWorkDesk extends AnyDeadWorkDesk<DeadWorkItem> {
  /** Takes out messages whose work was discarded, where that was cut short. */
  removeAbandoned(): Promise<void>;
}
