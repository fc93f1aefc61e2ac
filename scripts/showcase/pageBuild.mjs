// The page of the showcase. It knows none of the plugins, so it is built anew only when its own sources change.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { runQuietly } from '../dynamic/stage.mjs';
import { root } from '../toolchain.mjs';

const app = path.join(root, 'packages', 'showcase-app');
const stamp = path.join(root, '.build', 'showcase-page.sha256');

const SOURCES = ['package.json', 'config.d.ts', 'public', 'src'];

function fingerprint() {
  const hash = createHash('sha256');
  hash.update(readFileSync(path.join(root, 'yarn.lock')));
  for (const source of SOURCES) {
    const absolute = path.join(app, source);
    const files = source.includes('.')
      ? [absolute]
      : readdirSync(absolute, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile())
          .map(entry => path.join(entry.parentPath, entry.name))
          .sort();
    for (const file of files) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

export async function ensurePage(env) {
  const wanted = fingerprint();
  const isCurrent =
    existsSync(path.join(app, 'dist', 'index.html')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wanted;
  if (isCurrent) return;
  rmSync(stamp, { force: true });
  await runQuietly(
    'building the page of the showcase',
    'backstage-cli',
    ['package', 'build'],
    {
      cwd: app,
      env,
      log: path.join(root, '.build', 'showcase-page.log'),
    },
  );
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
