import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gitEnvironment } from '../git/runGit';

/** What became of a git command: it does not throw, as failures are what most tests look at. */
export interface GitOutcome {
  ok: boolean;
  /** What it said on both streams. */
  said: string;
}

/**
 * The system's git in a directory of its own. Credentials go by environment, into no URL and no file, as a program
 * should send them: `GIT_CONFIG_*` sets `http.extraHeader` for one process.
 */
export class GitClient {
  private constructor(
    readonly directory: string,
    private readonly token: string | undefined,
  ) {}

  static async create(token?: string): Promise<GitClient> {
    const directory = await mkdtemp(path.join(tmpdir(), 'herald-client-'));
    return new GitClient(directory, token);
  }

  run(...args: string[]): Promise<GitOutcome> {
    return new Promise(resolve => {
      execFile(
        'git',
        args,
        { cwd: this.directory, env: this.#environment() },
        (error, stdout, stderr) =>
          resolve({ ok: error === null, said: stdout + stderr }),
      );
    });
  }

  /** Clones into its directory. */
  clone(url: string): Promise<GitOutcome> {
    return this.run('clone', '--quiet', url, '.');
  }

  async commit(file: string, content: string | Buffer): Promise<GitOutcome> {
    await writeFile(path.join(this.directory, file), content);
    await this.run('add', '--all');
    return this.run('commit', '--quiet', '--message', `Write ${file}`);
  }

  push(...options: string[]): Promise<GitOutcome> {
    return this.run('push', ...options, 'origin', 'HEAD');
  }

  remove(): Promise<void> {
    return rm(this.directory, { recursive: true, force: true });
  }

  #environment(): NodeJS.ProcessEnv {
    const credentials = Buffer.from(`x-access-token:${this.token}`);
    const settings = {
      'user.name': 'Herald',
      'user.email': 'herald@example.com',
      ...(this.token !== undefined && {
        'http.extraHeader': `Authorization: Basic ${credentials.toString(
          'base64',
        )}`,
      }),
    };
    const pairs = Object.entries(settings).flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]);
    return {
      ...gitEnvironment,
      GIT_CONFIG_COUNT: String(Object.keys(settings).length),
      ...Object.fromEntries(pairs),
    };
  }
}
