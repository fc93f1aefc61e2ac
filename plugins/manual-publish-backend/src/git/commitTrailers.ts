import { GitCommand } from './GitCommand';
import { CommitStep, JobCommit } from './SiteRepository';

const FIELD = '\u001f';
const RECORD = '\u001e';
const trailer = (key: string) =>
  `%(trailers:key=${key},valueonly=true,separator=%x2C)`;
const FORMAT = [
  '%H',
  '%P',
  trailer('Herald-Job'),
  trailer('Herald-Step'),
  '%B',
].join(FIELD);

/** A commit of a job with where it stands. */
export type FoundCommit = JobCommit & {
  readonly parent: string;
  /** With the trailers. */
  readonly fullMessage: string;
};

/** A message with what tells whose commit it is. Line breaks at the end of the text do not count. */
export function withTrailers(
  message: string,
  jobId: string,
  step: CommitStep,
): string {
  // Git ends a message at NUL.
  const text = message.replaceAll('\0', '').trimEnd();
  return `${text}\n\nHerald-Job: ${jobId}\nHerald-Step: ${step}\n`;
}

/** The commits of a job within a range, the oldest first. */
export async function findJobCommits(
  git: GitCommand,
  options: { in: string; jobId: string; range: string; signal?: AbortSignal },
): Promise<readonly FoundCommit[]> {
  const { jobId, range } = options;
  const log = await git.run(
    [
      'log',
      '--reverse',
      '--fixed-strings',
      `--grep=Herald-Job: ${jobId}`,
      `--format=${FORMAT}${RECORD}`,
      '--end-of-options',
      range,
    ],
    options,
  );
  return log.split(RECORD).flatMap(record => {
    const [sha = '', parents = '', job, step, fullMessage = ''] = record
      .trimStart()
      .split(FIELD);
    if (job !== jobId || !isStep(step)) return [];
    const message = fullMessage.replace(/\n\nHerald-Job: [\s\S]*$/, '');
    const [parent = ''] = parents.split(' ');
    return [{ sha, parent, step, message, fullMessage }];
  });
}

function isStep(step: string | undefined): step is CommitStep {
  return step === 'export' || step === 'translation';
}
