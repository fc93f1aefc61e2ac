import { InputError } from '@backstage/errors';
import path from 'node:path';

export type Protocol = 'https' | 'http' | 'ssh' | 'file';

/** Where the repository is. It is shown and logged, so it holds no credentials. */
export type RepositoryAddress = {
  readonly url: string;
  readonly protocol: Protocol;
};

const WHERE_TO =
  'put the token into manualPublish.repository.token, and the URL without it into manualPublish.repository.url';

/**
 * Refuses credentials in a URL, and protocols that run programs (`ext::`) or are not authenticated (`git://`).
 *
 * @throws InputError - with advice, without what it refused
 */
export function repositoryAddress(url: string): RepositoryAddress {
  assertNoCredentials(url);
  if (path.isAbsolute(url)) return { url, protocol: 'file' };
  if (isScpLike(url)) return { url, protocol: 'ssh' };
  const protocol = URL.canParse(url)
    ? new URL(url).protocol.slice(0, -1)
    : undefined;
  switch (protocol) {
    case 'https':
    case 'http':
    case 'ssh':
    case 'file':
      return { url, protocol };
    default:
      throw new InputError(
        'manualPublish.repository.url must be an https, http, ssh or file URL',
      );
  }
}

/**
 * A name before `@` is a credential in http URLs, where people put tokens; in ssh URLs it is the account, such as `git`.
 *
 * @throws InputError - with advice, without what it refused
 */
export function assertNoCredentials(url: string): void {
  if (!URL.canParse(url)) return;
  const { protocol, username, password, search } = new URL(url);
  const isHttp = protocol === 'http:' || protocol === 'https:';
  if (password !== '' || (isHttp && username !== '')) {
    throw new InputError(
      `manualPublish.repository.url has credentials in it: ${WHERE_TO}`,
    );
  }
  if (isHttp && search !== '') {
    throw new InputError(
      `manualPublish.repository.url has a query, which may hold credentials: ${WHERE_TO}`,
    );
  }
}

/** `git@github.com:owner/name.git` */
function isScpLike(url: string): boolean {
  return /^(?:[\w.-]+@)?[\w.-]+:(?![/:])[^\s:]+$/.test(url);
}
