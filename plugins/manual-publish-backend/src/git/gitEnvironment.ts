import { RepositoryAddress } from './RepositoryAddress';

/** Most hosts take a token as the password of any name. */
export type Credentials = {
  readonly username: string;
  readonly token: string;
};

export type GitAuthor = { readonly name: string; readonly email: string };

/** What of the process' environment git may see: how to reach programs and the network, and nothing about people. */
const PASSED_ON = [
  'PATH',
  'TMPDIR',
  'SystemRoot',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
];

/** Names of variables that simple-git has to let through; it drops all other `GIT_*`. */
export const GIT_VARIABLES = [
  'GIT_ALLOW_PROTOCOL',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_INDEX_FILE',
  'GIT_LITERAL_PATHSPECS',
  'GIT_SSH_COMMAND',
  'GIT_SSL_CAINFO',
  'GIT_TERMINAL_PROMPT',
  ...Array.from({ length: 16 }, (_, index) => [
    `GIT_CONFIG_KEY_${index}`,
    `GIT_CONFIG_VALUE_${index}`,
  ]).flat(),
];

/**
 * The whole environment of a git process: no configuration, hooks, credentials or prompts of the machine and its user, and the
 * token here alone. It goes to the repository's host only, and not to where that redirects.
 */
export function gitEnvironment(options: {
  address: RepositoryAddress;
  author: GitAuthor;
  /** What stands for the user's home: a folder of ours. */
  home: string;
  credentials: Credentials | undefined;
  environment: NodeJS.ProcessEnv;
}): Record<string, string> {
  const { address, author, home, credentials, environment } = options;
  const passedOn = PASSED_ON.flatMap(name => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passedOn),
    HOME: home,
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_ALLOW_PROTOCOL: address.protocol,
    ...(address.protocol === 'ssh' && {
      GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    }),
    ...configVariables([
      ['user.name', author.name],
      ['user.email', author.email],
      ['core.hooksPath', '/dev/null'],
      ['core.quotePath', 'false'],
      ['core.fsmonitor', 'false'],
      ['gc.autoDetach', 'false'],
      ['maintenance.autoDetach', 'false'],
      ['submodule.recurse', 'false'],
      ['http.followRedirects', 'false'],
      ...authorization(address, credentials),
    ]),
  };
}

/** What must not be seen in any text: the token, and the forms in which it is sent. */
export function secretsOf(
  credentials: Credentials | undefined,
): readonly string[] {
  if (credentials === undefined) return [];
  const { token } = credentials;
  return [token, basic(credentials), encodeURIComponent(token)];
}

/** Over ssh and to files there is nothing to send it with. */
function authorization(
  { url, protocol }: RepositoryAddress,
  credentials: Credentials | undefined,
): readonly (readonly [string, string])[] {
  if (credentials === undefined || protocol === 'ssh' || protocol === 'file') {
    return [];
  }
  const header = `Authorization: Basic ${basic(credentials)}`;
  return [[`http.${new URL(url).origin}/.extraHeader`, header]];
}

function basic({ username, token }: Credentials): string {
  return Buffer.from(`${username}:${token}`).toString('base64');
}

function configVariables(
  entries: readonly (readonly [string, string])[],
): Record<string, string> {
  const variables = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ]);
  return {
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(variables),
  };
}
