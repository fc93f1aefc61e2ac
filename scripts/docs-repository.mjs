// Git as somebody who knows the token of the stand-in for a host of repositories.
import { spawnSync } from 'node:child_process';

/** @returns what git says, or undefined where it fails */
export function git(cwd, ...args) {
  const token = Buffer.from('herald:git_sandbox').toString('base64');
  const { status, stdout } = spawnSync(
    'git',
    [
      '-c',
      `http.extraHeader=Authorization: Basic ${token}`,
      '-c',
      'user.name=Proof',
      '-c',
      'user.email=proof@example.com',
      ...args,
    ],
    { cwd, encoding: 'utf8' },
  );
  return status === 0 ? stdout : undefined;
}

export const docsRepository = port => `http://127.0.0.1:${port}/docs.git`;
