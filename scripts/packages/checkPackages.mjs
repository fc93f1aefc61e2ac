// Packs everything that is published and looks at the archives as those do who install them. `yarn packages:check`.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import * as tar from 'tar';
import { stopOnSignals } from '../processes.mjs';
import { SetupError, root, say } from '../toolchain.mjs';
import { faultsOfContents } from './contents.mjs';
import { faultsOfConventions } from './conventions.mjs';
import { faultsOfImports, faultsOfOwnPaths } from './imports.mjs';
import { faultsOfLoading } from './loading.mjs';
import { faultsOfManifest } from './manifest.mjs';
import { packPackages } from './packPackages.mjs';
import { publishedPackages } from './publishedPackages.mjs';

/** Below the repository, so that packages from npm are found and ours only where they were unpacked. */
const workDir = path.join(root, '.build', 'packages');

/** As an installer lays it out: `node_modules/<name>`, and what only this package has in another version below it. */
async function unpack({ name, folder, file }, modules) {
  const target = path.join(modules, name);
  await mkdir(target, { recursive: true });
  await tar.extract({ file, cwd: target, strip: 1 });
  const own = path.join(folder, 'node_modules');
  if (existsSync(own)) await symlink(own, path.join(target, 'node_modules'));
  return target;
}

async function filesOf(file, unpacked) {
  const paths = [];
  await tar.list({ file, onReadEntry: entry => paths.push(entry.path) });
  const files = new Map();
  for (const each of paths) {
    const below = each.replace(/^package\//, '');
    files.set(below, await readFile(path.join(unpacked, below), 'utf8'));
  }
  return files;
}

function migrationsOf(folder) {
  const migrations = path.join(folder, 'migrations');
  return existsSync(migrations) ? readdirSync(migrations) : [];
}

async function faultsOf(packed, { unpacked, published, licence, env, all }) {
  const { name, role, folder, file } = packed;
  const files = await filesOf(file, unpacked);
  const manifest = JSON.parse(files.get('package.json'));
  return [
    ...faultsOfContents({
      role,
      files,
      licence,
      migrations: migrationsOf(folder),
    }),
    ...faultsOfManifest(manifest, published),
    ...faultsOfImports(manifest, files, { unpacked, folder }),
    ...faultsOfOwnPaths(manifest, files),
    ...(await faultsOfConventions(packed, all)),
    ...(await faultsOfLoading({ name, role, folder: unpacked, env })),
  ];
}

/** Looks at archives that were packed. Answers what is wrong by the name of the package. */
export async function checkArchives(packed, { modules, env }) {
  const published = publishedPackages();
  const licence = readFileSync(path.join(root, 'LICENSE'), 'utf8');
  const folders = new Map();
  for (const each of packed) {
    folders.set(each.name, await unpack(each, modules));
  }
  const found = new Map();
  for (const each of packed) {
    const unpacked = folders.get(each.name);
    const faults = await faultsOf(each, {
      unpacked,
      published,
      licence,
      env,
      all: packed,
    });
    if (faults.length > 0) found.set(each.name, faults);
  }
  return found;
}

export async function checkPackages(env) {
  stopOnSignals();
  await mkdir(workDir, { recursive: true });
  const place = await mkdtemp(path.join(workDir, 'check-'));
  try {
    const packed = await packPackages({ out: path.join(place, 'out'), env });
    const modules = path.join(place, 'node_modules');
    const found = await checkArchives(packed, { modules, env });
    for (const [name, faults] of found) {
      for (const fault of faults) say(`${name}: ${fault}`);
    }
    if (found.size > 0) {
      throw new SetupError(
        `${found.size} packages are not fit to be published`,
      );
    }
    say(`${packed.length} packages are fit to be published`);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
