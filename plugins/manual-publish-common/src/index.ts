/**
 * Types, schemas, permissions and the API client of the Herald manual publishing plugin.
 *
 * @packageDocumentation
 */
export { ManualPublishClient } from './client/ManualPublishClient';
export type {
  ManualPublishApi,
  ManualPublishRequestOptions,
} from './client/ManualPublishClient';
export { defaultLanguages, defaultTargetLanguages } from './languages';
export { manualPublishOperations } from './operations';
export * from './permissions';
export * from './schemas/jobs';
export * from './schemas/manuals';
export type { DeadManualWork } from './schemas/work';
export { languageSchema, notionIdSchema } from './schemas/text';
export {
  failureReasons,
  finalJobStates,
  isFinal,
  jobMoves,
  jobStates,
} from './states';
export type { FailureReason, FinalJobState, JobState } from './states';
