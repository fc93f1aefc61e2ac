import { isError } from '@backstage/errors';
import { GitFailure } from './GitCommand';
import { GitOperationError, RepositoryAccessError } from './errors';

type Repository = { readonly url: string; readonly branch: string };

/** What git says where the repository is out of reach, and what its operator can do about it; the first that fits counts. */
const accessProblems: readonly {
  says: RegExp;
  advice: (repository: Repository) => string;
}[] = [
  {
    says: /could not read Username|Authentication failed|Invalid username or|The requested URL returned error: 401|Permission denied \(publickey|Host key verification failed/i,
    advice: ({ url }) =>
      `${url} refused the credentials: check manualPublish.repository.token, whether it has expired, and that it may read and write this repository`,
  },
  {
    says: /The requested URL returned error: 403|Permission to .* denied|not allowed to push|Write access to repository not granted/i,
    advice: ({ url }) =>
      `${url} does not permit this: manualPublish.repository.token needs permission to read and write the repository's content`,
  },
  {
    says: /couldn't find remote ref/i,
    advice: ({ url, branch }) =>
      `${url} has no branch ${branch}: create it, or name another one in manualPublish.repository.branch`,
  },
  {
    says: /Repository not found|repository '.*' not found|does not appear to be a git repository|does not exist|The requested URL returned error: 404|valid repository name/i,
    advice: ({ url }) =>
      `${url} is no repository, or the token may not see it: check manualPublish.repository.url and what the token is for`,
  },
  {
    says: /update url base from redirection|The requested URL returned error: 30\d/i,
    advice: ({ url }) =>
      `${url} redirects elsewhere, where the token must not go: put the address that it redirects to into manualPublish.repository.url`,
  },
  {
    says: /SSL certificate problem|server certificate verification failed|SSL_ERROR|TLS connect error/i,
    advice: ({ url }) =>
      `No secure connection to ${url}: where its certificate is your own, name its authority in GIT_SSL_CAINFO`,
  },
  {
    says: /Could not resolve host|Failed to connect|Connection refused|Connection timed out|Couldn't connect|Network is unreachable|Operation timed out|Empty reply from server|Connection reset|The requested URL returned error: 5\d\d/i,
    advice: ({ url }) =>
      `${url} does not answer: check the network, proxy and the host's status, then retry`,
  },
];

const machineProblems: readonly { says: RegExp; advice: string }[] = [
  {
    says: /No space left on device|ENOSPC|Disk quota exceeded/i,
    advice: 'no space left below manualPublish.workDir: free some and retry',
  },
  {
    says: /Permission denied|EACCES|EPERM|insufficient permission|Read-only file system/i,
    advice:
      'no permission to write below manualPublish.workDir: it must belong to the user that runs the backend',
  },
];

/** What went wrong in talking to the remote, for people. Errors that are not git's stay as they are. */
export function explainRemoteFailure(
  error: unknown,
  repository: Repository,
): unknown {
  if (!(error instanceof GitFailure)) return error;
  const found = accessProblems.find(({ says }) => says.test(error.output));
  return found
    ? new RepositoryAccessError(found.advice(repository))
    : explainLocalFailure(error, `talk to ${repository.url}`);
}

/** What went wrong on this machine, for people. Errors that are not git's or the file system's stay as they are. */
export function explainLocalFailure(error: unknown, attempt: string): unknown {
  const said = saidBy(error);
  if (said === undefined) return error;
  const found = machineProblems.find(({ says }) => says.test(said));
  return new GitOperationError(
    `Could not ${attempt}: ${found ? found.advice : lastLines(said)}`,
  );
}

/** Lines that the remote itself wrote, such as those of its hooks. */
export function remoteMessage(output: string): string {
  return [...output.matchAll(/^remote:(.*)$/gm)]
    .map(([, line = '']) => line.trim())
    .filter(line => line !== '')
    .join(' ');
}

function saidBy(error: unknown): string | undefined {
  if (error instanceof GitFailure) return error.output;
  if (isError(error) && error.syscall !== undefined) {
    return error.message;
  }
  return undefined;
}

function lastLines(text: string): string {
  return text.trim().split(/\r?\n/).slice(-6).join(' ').slice(-600);
}
