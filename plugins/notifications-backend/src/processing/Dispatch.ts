import { Notification } from '@backstage/plugin-notifications-common';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { NewWork, WorkItem } from '@herald/work-queue';
import {
  PreferenceDefaults,
  PreferenceRule,
} from '@herald/backstage-plugin-notifications-common';
import { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';

/** One sending of a message, as processors are told of it. */
export type Dispatch = {
  id: string;
  messageId: string;
  origin: string;
  /** When the message was sent first. */
  createdAt: Date;
  /** When this sending took the place of an earlier one of its scope; absent where it did not. */
  updatedAt?: Date;
  options: NotificationSendOptions;
};

/** Where the expansion of a dispatch to its recipients goes on: at a named user, or at members of its groups. */
export type ExpansionPoint = { users: number } | { members: string | null };

export type ExpandWork = { dispatchId: string; from?: ExpansionPoint };

/** What one processor is to do for one recipient. */
export type StepWork = {
  dispatchId: string;
  /** `null` for everybody. */
  user: string | null;
  step: 'pre' | 'post';
  /** Of `pre`: the processors whose turn to look comes after this one; by their keys. */
  later: string[];
  /** Of `pre`: the processors that get it when all have looked; by their keys. */
  posts: string[];
  /** The notification, where somebody who looked has changed it. */
  notification?: JsonObject;
};

export type StepKind = `process:${string}`;

/** The work of processing, by kind. */
export type ProcessingWork = {
  'expand-dispatch': ExpandWork;
  [kind: StepKind]: StepWork;
};

const LONGEST_KIND = 64;

/** The kind of a processor's work, so that each has its own workers and none is held up by another. */
export function stepKind(processorKey: string): StepKind {
  const kind: StepKind = `process:${processorKey}`;
  return kind.length <= LONGEST_KIND && !/\0|\p{Surrogate}/u.test(kind)
    ? kind
    : `process:${hash([processorKey]).slice(0, 40)}`;
}

/** One recipient's step at one processor, of one dispatch: what is enqueued at most once at a time. */
export function stepKey(step: StepWork): string {
  return hash([step.dispatchId, step.user, step.step]);
}

function hash(parts: (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A dispatch as one recipient's notification. */
export function toNotification(
  dispatch: Dispatch,
  user: string | null,
): Notification {
  return {
    id: dispatch.messageId,
    user,
    created: dispatch.createdAt,
    ...(dispatch.updatedAt && { updated: dispatch.updatedAt }),
    origin: dispatch.origin,
    payload: dispatch.options.payload,
  };
}

/** What processing needs of a database. */
export interface DispatchStore {
  /** `undefined` where the message was withdrawn, has expired, or the dispatch is too old to be remembered. */
  find(id: string): Promise<Dispatch | undefined>;
  audienceOf(
    messageId: string,
  ): Promise<{ targets: string[]; exclusions: string[] }>;
  /** The rules of those of the users who have any, and what holds for the others. */
  preferencesOf(users: readonly string[]): Promise<{
    rules: ReadonlyMap<string, readonly PreferenceRule[]>;
    defaults: PreferenceDefaults;
  }>;
  /**
   * Takes steps that look before out of the work, a batch of those that nobody is at, and enqueues what follows from each instead, in
   * one transaction.
   *
   * @returns how many; fewer than the limit when none is left
   */
  replaceLooks(
    selection: {
      exceptKinds: readonly StepKind[];
      waitedMs: number;
      limit: number;
    },
    follow: (step: StepWork) => NewWork<ProcessingWork>[],
  ): Promise<number>;
  /** Completes an item and enqueues what follows from it, in one transaction. */
  advance(
    item: Pick<WorkItem, 'completeIn'>,
    next: readonly NewWork<ProcessingWork>[],
  ): Promise<void>;
}
