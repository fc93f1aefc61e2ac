// A check that finds nothing may be one that looks at nothing: archives that were unpacked are spoiled one way after another, and each
// has to be found.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError, say } from '../../toolchain.mjs';
import { faultsOfArchive } from './checkArchive.mjs';

/** Changes what a file of JSON says. */
const inJson = (file, change) => ({
  file,
  spoil: text => {
    const said = JSON.parse(text);
    change(said);
    return JSON.stringify(said);
  },
});

const inManifest = change => inJson('package.json', change);
const inSchema = change =>
  inJson('dist/.config-schema.json', ({ properties }) =>
    change(properties.notifications.properties),
  );
const inContainer = change => inJson('dist/mf-manifest.json', change);

const REACT = 'webpack://x/../../node_modules/react/cjs/react.production.js';

/** The first chunk of a folder, as if React were packed into it beside all else. */
const withReact = folder => ({
  fileIn: unpacked =>
    path.join(
      folder,
      readdirSync(path.join(unpacked, folder), { recursive: true })
        .sort()
        .find(
          name =>
            name.endsWith('.js.map') &&
            readFileSync(path.join(unpacked, folder, name), 'utf8').includes(
              '/src/',
            ),
        ),
    ),
  ...inJson(undefined, map => map.sources.push(REACT)),
});

const FRONTEND = [
  ['its name', inManifest(m => (m.name = 'x')), /its name is x/],
  ['its version', inManifest(m => (m.version = '9.9.9')), /version is 9\.9\.9/],
  [
    'a range that only this repository resolves',
    inManifest(m => (m.dependencies.zod = 'workspace:^')),
    /zod has the range workspace/,
  ],
  [
    'React no peer',
    inManifest(m => delete m.peerDependencies.react),
    /react is no peer dependency/,
  ],
  [
    'a script',
    inManifest(m => (m.scripts = { postinstall: 'x' })),
    /it has scripts/,
  ],
  [
    'React of its own',
    inContainer(c =>
      c.shared
        .find(({ name }) => name === 'react')
        .assets.js.sync.push('react.js'),
    ),
    /react comes with a copy of its own/,
  ],
  [
    'React not shared',
    inContainer(c => {
      c.shared = c.shared.filter(({ name }) => name !== 'react');
    }),
    /react is not shared as a singleton/,
  ],
  ['React in a chunk', withReact('dist'), /dist\/\S+ holds .*react/],
  [
    'React in a chunk for Scalprum',
    withReact('dist-scalprum'),
    /dist-scalprum\/\S+ holds .*react/,
  ],
  [
    'no ./alpha',
    inContainer(c => {
      c.exposes = c.exposes.filter(one => one.path !== './alpha');
    }),
    /\.\/alpha is not exposed/,
  ],
  [
    'another scope',
    inJson('dist-scalprum/plugin-manifest.json', m => (m.name = 'x')),
    /its container is x/,
  ],
  [
    'a script that is not there',
    inJson('dist-scalprum/plugin-manifest.json', m => {
      m.loadScripts = ['gone.js'];
    }),
    /gone\.js is missing/,
  ],
];

const BACKEND = [
  [
    'a peer that no host has',
    inManifest(m => (m.peerDependencies = { pg: '^8.0.0' })),
    /pg is a peer dependency that no host promises/,
  ],
  [
    'a secret that is none',
    inSchema(keys => delete keys.externalCallerSecret.visibility),
    /externalCallerSecret is no secret/,
  ],
  [
    'a key that browsers are told',
    inSchema(keys => (keys.retention = { visibility: 'frontend' })),
    /retention is for browsers, too/,
  ],
  [
    'a key of another type',
    inSchema(keys => (keys.externalCallerSecret.type = 'object')),
    /must be object/,
  ],
  [
    'a key that is gone',
    inSchema(keys => delete keys.externalCallerSecret),
    /notifications\.externalCallerSecret is no key of its schema/,
  ],
  [
    'no feature as its default export',
    { file: 'dist/index.cjs.js', spoil: () => 'exports.default = {};' },
    /its default export is undefined/,
  ],
  [
    'a package that is not inside',
    { file: 'dist/index.cjs.js', spoil: () => 'require("left-out");' },
    /cannot be loaded: .*left-out/,
  ],
];

async function mustBeFound(
  archive,
  [what, { file, fileIn, spoil }, words],
  env,
) {
  const spoiled = path.join(archive.unpacked, file ?? fileIn(archive.unpacked));
  if (!existsSync(spoiled)) throw new SetupError(`${spoiled} is not there`);
  const before = readFileSync(spoiled, 'utf8');
  writeFileSync(spoiled, spoil(before));
  try {
    const faults = await faultsOfArchive(archive, { env });
    if (!faults.some(fault => words.test(fault))) {
      throw new SetupError(
        `${what} is not found in ${archive.path}: ${JSON.stringify(faults)}`,
      );
    }
  } finally {
    writeFileSync(spoiled, before);
  }
}

/** @param archives - as for `faultsOfArchive`, both of notifications for Red Hat Developer Hub among them */
export async function proveFaultsAreFound(archives, { env }) {
  const forRhdh = archives.filter(
    ({ kind, plugin }) =>
      kind === 'rhdh' && plugin.pluginId === 'notifications',
  );
  for (const [role, faults] of [
    ['frontend-plugin', FRONTEND],
    ['backend-plugin', BACKEND],
  ]) {
    const archive = forRhdh.find(({ plugin }) => plugin.role === role);
    for (const fault of faults) await mustBeFound(archive, fault, env);
    say(`${archive.path}: ${faults.length} ways to spoil it are found`);
  }
}
