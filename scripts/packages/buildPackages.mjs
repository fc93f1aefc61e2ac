// Builds what is published and was not built since it was changed.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { run } from '../processes.mjs';
import { SetupError, root, say } from '../toolchain.mjs';

/** Of what is published only: a slip in a test or in the portal stops nobody from packing. */
const TYPES = ['-p', path.join(root, 'scripts', 'packages')];
const IS_TEST = /\.test\.[jt]sx?$|(^|\/)__\w+__\//;

const changedAt = file => statSync(file).mtimeMs;

function sourcesOf(folder) {
  const src = path.join(folder, 'src');
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .filter(file => !IS_TEST.test(path.relative(src, file)))
    .concat(path.join(folder, 'package.json'));
}

/** The declarations are written last. */
function isBuilt({ folder }) {
  const types = path.join(folder, 'dist', 'index.d.ts');
  if (!existsSync(types)) return false;
  const built = changedAt(types);
  return sourcesOf(folder).every(file => changedAt(file) <= built);
}

async function must(what, command, args, options) {
  if ((await run(command, args, options)) !== 0) throw new SetupError(what);
}

export async function buildPackages(packages, env) {
  const stale = packages.filter(each => !isBuilt(each));
  if (stale.length === 0) return;
  say(`building ${stale.map(({ name }) => name).join(', ')}`);
  // Standard output belongs to what the command answers.
  const stdio = ['ignore', process.stderr, process.stderr];
  await must('the types are wrong; nothing was built', 'tsc', TYPES, {
    env,
    stdio,
  });
  for (const { name, folder } of stale) {
    await must(
      `${name} could not be built`,
      'backstage-cli',
      ['package', 'build'],
      { cwd: folder, env, stdio },
    );
  }
}
