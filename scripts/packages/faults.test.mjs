// Each check is shown what it is there to find. `node --test scripts/packages`; a part of `yarn packages:check`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOfContents } from './contents.mjs';
import { faultsOfImports, faultsOfOwnPaths } from './imports.mjs';
import { faultsOfManifest } from './manifest.mjs';

const NAME = '@herald/backstage-plugin-x-backend';

const manifest = {
  name: NAME,
  version: '0.1.0',
  license: 'Apache-2.0',
  description: 'The backend of x',
  keywords: ['backstage'],
  types: 'dist/index.d.ts',
  files: ['dist'],
  publishConfig: { access: 'public' },
  backstage: {
    role: 'backend-plugin',
    pluginId: 'x',
    pluginPackages: [NAME],
    'supported-versions': '1.55.0',
    features: { '.': '@backstage/BackendFeature' },
  },
  dependencies: { zod: '^4.0.0' },
};
const published = [{ name: NAME, version: '0.1.0', manifest }];

const files = {
  'package.json': '{}',
  'README.md': '# x',
  'CHANGELOG.md': '# x',
  LICENSE: 'the licence',
  'app-config.dynamic.yaml': '',
  'config.schema.json': '{}',
  'openapi.yaml': '',
  'dist/index.cjs.js': 'require("zod");',
  'dist/index.cjs.js.map': '{"sources":["a.ts"],"sourcesContent":["a"]}',
  'dist/index.d.ts': '',
  'migrations/20261122100000_first.js': '',
};

function contents(changes = {}, role = 'backend-plugin') {
  const all = Object.entries({ ...files, ...changes });
  return faultsOfContents({
    role,
    files: new Map(all.filter(([, text]) => text !== undefined)),
    migrations: ['20261122100000_first.js'],
    licence: 'the licence',
  });
}

test('what an archive has to have is enough', () => {
  assert.deepEqual(contents(), []);
});

for (const missing of Object.keys(files).filter(name => !/\.map$/.test(name))) {
  test(`${missing} is missed`, () => {
    assert.deepEqual(contents({ [missing]: undefined }), [
      `${missing} is missing`,
    ]);
  });
}

for (const superfluous of [
  'src/index.ts',
  'dist/index.test.cjs.js',
  'dist/__fixtures__/a.cjs.js',
  'dist/index.esm.js',
  'dist/server.d.ts',
  'config.d.ts',
  '.eslintrc.js',
  'migrations/first.sql',
]) {
  test(`${superfluous} is found out of place`, () => {
    assert.deepEqual(contents({ [superfluous]: '' }), [
      `${superfluous} has no place in the archive`,
    ]);
  });
}

test('a map without its sources points nowhere', () => {
  const map = '{"sources":["../src/a.ts"],"sourcesContent":[null]}';
  assert.match(contents({ 'dist/index.cjs.js.map': map })[0], /points at/);
});

test('another licence is found', () => {
  assert.match(contents({ LICENSE: 'MIT' })[0], /not that of the repository/);
});

test('a role of which nothing is known is no archive', () => {
  assert.match(contents({}, 'cli')[0], /no archive is expected/);
});

test('a manifest that is complete is enough', () => {
  assert.deepEqual(faultsOfManifest(manifest, published), []);
});

const { backstage } = manifest;
for (const [what, changes, words] of [
  ['a range of the workspace', { dependencies: { a: 'workspace:^' } }, /npm/],
  ['a path', { peerDependencies: { a: 'file:../a' } }, /npm cannot resolve/],
  ['a private package', { dependencies: { '@herald/y': '^0.1.0' } }, /not pub/],
  [
    'another version of ours',
    { dependencies: { [NAME]: '^0.2.0' } },
    /0\.1\.0/,
  ],
  ['what only the repository needs', { devDependencies: { a: '1' } }, /only/],
  ['no keywords', { keywords: [] }, /keywords/],
  ['no licence', { license: 'MIT' }, /license/],
  ['no public access', { publishConfig: {} }, /access/],
  ['a version out of step', { version: '0.1.1' }, /out of step/],
  [
    'no feature as the default export',
    { backstage: { ...backstage, features: {} } },
    /no @backstage\/BackendFeature/,
  ],
  [
    'a family that is not whole',
    { backstage: { ...backstage, pluginPackages: [] } },
    /pluginPackages/,
  ],
  [
    'no versions that were tried',
    { backstage: { ...backstage, 'supported-versions': undefined } },
    /tried/,
  ],
]) {
  test(`${what}: the manifest is refused`, () => {
    const faults = faultsOfManifest({ ...manifest, ...changes }, published);
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.match(faults[0], words);
  });
}

test('a frontend has both entries', () => {
  const frontend = { ...backstage, role: 'frontend-plugin' };
  const faults = faultsOfManifest(
    { ...manifest, backstage: frontend, exports: { '.': {} } },
    published,
  );
  assert.ok(faults.includes('exports has no ./alpha'), faults.join('\n'));
});

const HERE = import.meta.dirname;

/** The package whose sources name zod. */
function imports(built) {
  return faultsOfImports(manifest, new Map(Object.entries(built)), {
    unpacked: HERE,
    folder: new URL('../../packages/api-contract', import.meta.url).pathname,
  });
}

test('what is imported and declared is fine', () => {
  assert.deepEqual(
    imports({ 'dist/a.cjs.js': 'require("zod/v4"); require("node:fs")' }),
    [],
  );
});

for (const [what, text] of [
  ['required', 'require("knex");'],
  ['imported', 'import a from "knex";'],
  ['imported when it is needed', 'const a = () => import("knex");'],
  ['exported on', 'export * from "knex";'],
]) {
  test(`what is ${what} is declared`, () => {
    assert.deepEqual(imports({ 'dist/a.esm.js': text }), [
      'dist/a.esm.js imports knex, which is no dependency',
    ]);
  });
}

test('types that another package has are declared', () => {
  const faults = imports({
    'dist/index.d.ts': 'import { Router } from "express";',
  });
  assert.deepEqual(faults, [
    'dist/index.d.ts imports express, which is no dependency',
    'dist/index.d.ts needs @types/express, which is no dependency',
  ]);
});

test('a dependency that nothing imports is found', () => {
  const faults = faultsOfImports(
    { name: NAME, dependencies: { knex: '^3.0.0' } },
    new Map(),
    {
      unpacked: HERE,
      folder: new URL('../../packages/api-contract', import.meta.url).pathname,
    },
  );
  assert.deepEqual(faults, ['nothing imports the dependency knex']);
});

test('migrations are found by the own name', () => {
  const paths = text =>
    faultsOfOwnPaths(manifest, new Map([['dist/a.cjs.js', text]]));
  assert.deepEqual(paths(`resolvePackagePath("${NAME}", "migrations")`), []);
  assert.match(paths('resolvePackagePath("@herald/y", "m")')[0], /another/);
  assert.match(paths('resolvePackagePath(name, "m")')[0], /name the package/);
});
