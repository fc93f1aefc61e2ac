// Makes the archives that would be published, with Yarn's own `pack`: ranges of workspaces become plain ones, and what
// `publishConfig` says holds. `yarn packages:pack --out DIR`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { forEachAtOnce } from '../atOnce.mjs';
import { withStage } from '../dynamic/stage.mjs';
import { startGroup } from '../processes.mjs';
import { SetupError, ensureToolchain, root, say } from '../toolchain.mjs';
import { buildPackages } from './buildPackages.mjs';
import { publishedPackages } from './publishedPackages.mjs';

/** Each looks at the types of its package first, which takes one core some seconds. */
const AT_ONCE = 3;

/** The archive's name as npm makes it: `@herald/work-queue` 0.1.0 is `herald-work-queue-0.1.0.tgz`. */
function archiveName({ name, version }) {
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
}

/** Runs Yarn, which has nothing to say unless it fails: then it says it on standard output. */
function yarnPack(folder, file, env) {
  const child = startGroup('yarn', ['pack', '--out', file], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  const listen = chunk => {
    words += chunk;
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve();
      else reject(new SetupError(`${folder} could not be packed:\n${words}`));
    });
  });
}

const isInModules = /(^|\/)node_modules(\/|$)/;

/** Of what is published the build is there, of all else only what Yarn has to know of it. */
function isLeftOut(packages) {
  const folders = new Set(packages.map(({ folder }) => folder));
  return file => {
    const [parent, name, ...below] = path.relative(root, file).split(path.sep);
    if (isInModules.test(below.join('/'))) return true;
    const published = folders.has(path.join(root, parent, name));
    return below[0] === 'src' || (below[0] === 'dist' && !published);
  };
}

/**
 * Packs every published package into `out`, and builds first what was changed since it was built. `file` is the archive's
 * absolute path, `folder` the package's.
 */
export async function packPackages({ out, env = ensureToolchain() }) {
  const packages = publishedPackages();
  await buildPackages(packages, env);
  mkdirSync(out, { recursive: true });
  const packed = packages.map(({ name, version, role, folder }) => ({
    name,
    version,
    role,
    folder,
    file: path.resolve(out, archiveName({ name, version })),
  }));
  // Each in a copy of its own: for as long as it is packed, a package has the manifest that is published, and Yarn reads the
  // manifests of all. One that is just being written is empty, and its package is not there for the others.
  const leftOut = isLeftOut(packed);
  await forEachAtOnce(packed, AT_ONCE, ({ folder, file }) =>
    withStage(
      stage =>
        yarnPack(path.join(stage, path.relative(root, folder)), file, env),
      leftOut,
    ),
  );
  return packed;
}

export async function packInto(env, args) {
  const { values } = parseArgs({ args, options: { out: { type: 'string' } } });
  if (!values.out) throw new SetupError('usage: yarn packages:pack --out DIR');
  for (const { file } of await packPackages({ out: values.out, env })) {
    process.stdout.write(`${file}\n`);
  }
  say(`the archives are in ${path.resolve(values.out)}`);
}
