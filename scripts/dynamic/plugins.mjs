// Which packages of the repository are plugins that a portal can load, and what each is made of.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const ROLES = [
  'backend-plugin',
  'backend-plugin-module',
  'frontend-plugin',
  'frontend-plugin-module',
];

/** What is made rather than written, and so is no part of a plugin's source. */
export const MADE = new Set([
  'node_modules',
  'dist',
  'dist-dynamic',
  'dist-scalprum',
  'dist-types',
  'coverage',
]);

/** What a bundle depends on beside the packages themselves. */
export const ROOT_FILES = [
  'package.json',
  'yarn.lock',
  '.yarnrc.yml',
  'backstage.json',
  'tsconfig.json',
];

/** The scripts that take part in it; some are called by packages that are packed. */
export const SCRIPTS = ['scripts/dynamic', 'scripts/packages'];

export const isFrontend = ({ role }) => role.startsWith('frontend-');

/** All packages of the repository. */
export function workspaces() {
  return ['packages', 'plugins'].flatMap(parent =>
    readdirSync(path.join(root, parent))
      .sort()
      .map(name => path.posix.join(parent, name))
      .filter(folder => existsSync(path.join(root, folder, 'package.json')))
      .map(folder => ({
        folder,
        manifest: JSON.parse(
          readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
        ),
      })),
  );
}

/** The published plugins, in the order of their names. */
export function dynamicPlugins() {
  return workspaces()
    .filter(
      ({ manifest }) =>
        !manifest.private && ROLES.includes(manifest.backstage?.role),
    )
    .map(({ folder, manifest }) => ({
      name: manifest.name,
      version: manifest.version,
      role: manifest.backstage.role,
      pluginId: manifest.backstage.pluginId,
      folder,
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The packages of this repository that a package needs when it runs, itself included; by folder. */
export function closureOf(name) {
  const byName = new Map(
    workspaces().map(workspace => [workspace.manifest.name, workspace]),
  );
  const found = new Map();
  const visit = wanted => {
    const workspace = byName.get(wanted);
    if (!workspace || found.has(wanted)) return;
    found.set(wanted, workspace);
    Object.keys(workspace.manifest.dependencies ?? {}).forEach(visit);
  };
  visit(name);
  return [...found.values()];
}

function* filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && !MADE.has(entry.name)) yield* filesBelow(file);
    if (entry.isFile()) yield file;
  }
}

/** What decides how an archive comes out; not what reads it. */
const BUILDERS = [
  'scripts/dynamic/archive.mjs',
  'scripts/dynamic/bundlePlugins.mjs',
  'scripts/dynamic/exportRhdh.mjs',
  'scripts/dynamic/rhdhHost.mjs',
  'scripts/dynamic/rhdh-cli/yarn.lock',
  'scripts/dynamic/stage.mjs',
  'scripts/packages/publishedManifest.mjs',
];

/** Changes with whatever an archive of the plugin is made from. */
export function fingerprintOf(plugin) {
  const hash = createHash('sha256').update(
    `${process.platform} ${process.arch} ${process.versions.modules}`,
  );
  const files = [
    ...[...ROOT_FILES, ...BUILDERS].map(file => path.join(root, file)),
    ...closureOf(plugin.name).flatMap(({ folder }) => [
      ...filesBelow(path.join(root, folder)),
    ]),
  ];
  for (const file of files) {
    hash.update(path.relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 24);
}
