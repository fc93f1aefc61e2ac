/**
 * Durable work for Backstage backend plugins, over tables of their own.
 *
 * @packageDocumentation
 */
export { WorkQueue, type WorkQueueOptions } from './WorkQueue';
export {
  workQueueMigrations,
  type WorkQueueMigration,
} from './database/workQueueMigrations';
export type { ProcessOptions, WorkHandler } from './ProcessOptions';
export type { Backoff } from './Backoff';
export {
  AttemptTimedOut,
  LeaseLost,
  PermanentFailure,
  RetryAfter,
  ShuttingDown,
} from './errors';
export type {
  DeadWork,
  DeadWorkSelection,
  NewWork,
  PayloadsByKind,
  WorkCounts,
  WorkId,
  WorkItem,
} from './Work';
