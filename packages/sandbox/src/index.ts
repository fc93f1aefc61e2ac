/**
 * Loopback stand-ins for the systems outside of Herald, for the demo and for tests.
 *
 * @packageDocumentation
 */
export { ManualClock, systemClock, type Clock } from './http/Clock';
export { CallLog, type Call } from './http/CallLog';
export { Faults, type Fault } from './http/Faults';
export {
  startNotionSandbox,
  type NotionSandbox,
  type NotionSandboxOptions,
} from './notion/startNotionSandbox';
export { NotionWorkspace, type PageEdit } from './notion/NotionWorkspace';
export { averageRate, windowBudget, type RateLimit } from './notion/RateLimits';
export { blockTypes, type BlockType } from './notion/blockTypes';
export { notionId } from './notion/ids';
export type { MediaFile } from './notion/mediaFiles';
export type { PageEvent, WebhookAnswer } from './notion/webhooks';
export {
  BlockDraft,
  DatabaseDraft,
  PageDraft,
  database,
  page,
  type Draft,
} from './notion/drafts';
export * as blocks from './notion/blocks';
export * as rich from './notion/richText';
export {
  demoPages,
  demoPagesWrittenAt,
  demoSolutions,
} from './content/demoPages';
export { scenarios, type Scenario } from './content/scenarios';
export {
  startOpenAiSandbox,
  type OpenAiSandbox,
  type OpenAiSandboxOptions,
} from './openai/startOpenAiSandbox';
export type {
  TranslatorFault,
  TranslatorFaultKind,
} from './openai/TranslatorFaults';
export {
  startGitSandbox,
  type GitSandbox,
  type GitSandboxOptions,
  type PushStage,
} from './git/startGitSandbox';
export type {
  CommitOptions,
  GitCommit,
  GitRepository,
  NewRepository,
} from './git/GitRepository';
export type { Author, TreeChange, TreeEntry } from './git/treeChange';
export {
  startSandbox,
  type Sandbox,
  type SandboxOptions,
} from './startSandbox';
