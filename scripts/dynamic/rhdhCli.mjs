// The command that exports for Red Hat Developer Hub, beside Node and Yarn: it brings a Backstage CLI of its own, which must not
// meet the workspace's. Its lock file pins it, and all that it needs, by version and checksum.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { SetupError, root, say } from '../toolchain.mjs';
import { runQuietly, workDir } from './stage.mjs';

const pinned = path.join(root, 'scripts', 'dynamic', 'rhdh-cli');
const installed = path.join(root, '.toolchain', 'rhdh-cli');
const stamp = path.join(installed, 'node_modules', '.herald-install');

/** Installs the command where it is missing. Answers its path. */
export async function ensureRhdhCli(env) {
  const files = [
    path.join(pinned, 'package.json'),
    path.join(pinned, 'yarn.lock'),
    path.join(root, '.yarnrc.yml'),
  ];
  const hash = createHash('sha256').update(process.platform + process.arch);
  for (const file of files) hash.update(readFileSync(file));
  const wanted = hash.digest('hex');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    say('installing the exporter for Red Hat Developer Hub (about a minute)');
    mkdirSync(installed, { recursive: true });
    for (const file of files) {
      copyFileSync(file, path.join(installed, path.basename(file)));
    }
    await runQuietly(
      'installing the exporter for Red Hat Developer Hub',
      'yarn',
      ['install', '--immutable'],
      { cwd: installed, env, log: path.join(workDir, 'logs', 'rhdh-cli.log') },
    ).catch(error => {
      throw new SetupError(
        `${error.message}\nIs the npm registry within reach?`,
      );
    });
    writeFileSync(stamp, wanted);
  }
  return path.join(installed, 'node_modules', '.bin', 'rhdh-cli');
}
