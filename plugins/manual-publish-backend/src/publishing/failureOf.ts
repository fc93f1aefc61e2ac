import {
  FailureReason,
  JobState,
} from '@herald/backstage-plugin-manual-publish-common';
import {
  GitOperationError,
  HistoryRewritten,
  RepositoryAccessError,
  UnsafePathError,
} from '../git/errors';
import { PageNotFound, SourceUnavailable } from '../source/errors';
import {
  TranslationFailed,
  TranslatorUnavailable,
} from '../translation/errors';
import { FaultyPage } from './FaultyPage';
import { JobFailure } from './Job';
import { SolutionGone } from './Solution';

/** Of the operating system: what an operator can mend, and a user should be told. */
const OF_THE_MACHINE = new Map([
  ['ENOSPC', 'no space is left on the disk of the server'],
  ['EDQUOT', 'the quota of the disk of the server is used up'],
  ['EROFS', 'the directory manualPublish.workDir is read-only'],
  ['EACCES', 'the directory manualPublish.workDir may not be written to'],
  ['EMFILE', 'the server has too many files open'],
]);

const BY_STATE: Partial<Record<JobState, FailureReason>> = {
  EXPORTING: 'EXPORT_FAILED',
  TRANSLATING: 'TRANSLATION_FAILED',
};

/** Why a job failed, in words for the one who asked for it. What nobody has foreseen is `INTERNAL`, and its words stay in the log. */
export function failureOf(error: unknown, state: JobState): JobFailure {
  if (error instanceof FaultyPage) {
    return {
      reason: 'EXPORT_FAILED',
      detail: error.message,
      pageId: error.pageId,
      place: error.place,
    };
  }
  if (error instanceof PageNotFound) {
    return {
      reason: 'PAGE_NOT_FOUND',
      detail: error.message,
      pageId: error.pageId,
    };
  }
  if (error instanceof SourceUnavailable || error instanceof SolutionGone) {
    return { reason: 'EXPORT_FAILED', detail: error.message };
  }
  if (error instanceof RepositoryAccessError) {
    return { reason: 'REPO_ACCESS', detail: error.message };
  }
  if (
    error instanceof GitOperationError ||
    error instanceof HistoryRewritten ||
    error instanceof UnsafePathError
  ) {
    return { reason: 'GIT_OPERATION_FAILED', detail: error.message };
  }
  if (
    error instanceof TranslationFailed ||
    error instanceof TranslatorUnavailable
  ) {
    return { reason: 'TRANSLATION_FAILED', detail: error.message };
  }
  const ofTheMachine = OF_THE_MACHINE.get(codeOf(error));
  if (ofTheMachine) {
    return {
      reason: BY_STATE[state] ?? 'GIT_OPERATION_FAILED',
      detail: `On the server, ${ofTheMachine}`,
    };
  }
  return {
    reason: 'INTERNAL',
    detail: 'Something failed in the server; its log says what',
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
