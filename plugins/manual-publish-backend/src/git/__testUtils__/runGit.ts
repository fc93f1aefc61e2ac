import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

/** Git in front of a checkout, without this machine's settings. */
export async function runGit(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await exec('git', args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    },
  });
  return stdout;
}

/** Every file below a folder that holds the text. */
export async function filesWith(
  folder: string,
  text: string,
): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name));
  if (files.length === 0) throw new Error(`${folder} has no files`);
  const found: string[] = [];
  for (const file of files) {
    if ((await readFile(file)).includes(text)) found.push(file);
  }
  return found;
}
