import { DeadWork, DeadWorkSelection, WorkId } from '@herald/work-queue';

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

/** What administrators do with work that was given up. */
export interface DeadWorkDesk {
  /** The oldest first. */
  list(page: {
    kind?: string;
    after?: WorkId;
    limit?: number;
  }): Promise<DeadWorkItem[]>;
  /** @returns how much is due again */
  redrive(selection: DeadWorkSelection): Promise<number>;
  /** Removes work for good, and messages that waited for it. @returns how much work was removed */
  discard(selection: DeadWorkSelection): Promise<number>;
  /** Takes out messages whose work was discarded, where that was cut short. */
  removeAbandoned(): Promise<void>;
}
