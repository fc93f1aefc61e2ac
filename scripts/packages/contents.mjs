// What may be in an archive, by the role of the package, and what must be.
const EVERYWHERE = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

const COMMONJS = /^dist\/.*\.cjs\.js(\.map)?$/;
const MODULES = /^dist\/.*\.esm\.js(\.map)?$/;
const TYPES = /^dist\/(index|alpha)\.d\.ts$/;
/** What the types of two entries share. */
const SHARED_TYPES = /^dist\/.*\.d-[\w-]{8}\.d\.ts$/;
const MIGRATION = /^migrations\/\d{14}_\w+\.js$/;

const NODE_LIBRARY = {
  allowed: [COMMONJS, TYPES],
  required: ['dist/index.cjs.js', 'dist/index.d.ts'],
};

const KINDS = {
  'common-library': {
    allowed: [COMMONJS, MODULES, TYPES],
    required: ['dist/index.cjs.js', 'dist/index.esm.js', 'dist/index.d.ts'],
  },
  'node-library': NODE_LIBRARY,
  'web-library': {
    allowed: [MODULES, TYPES, SHARED_TYPES],
    required: ['dist/index.esm.js', 'dist/index.d.ts'],
  },
  'backend-plugin': {
    allowed: [...NODE_LIBRARY.allowed, MIGRATION],
    required: [
      ...NODE_LIBRARY.required,
      'app-config.dynamic.yaml',
      'config.schema.json',
      'openapi.yaml',
    ],
  },
  'backend-plugin-module': NODE_LIBRARY,
  'frontend-plugin': {
    allowed: [MODULES, TYPES, SHARED_TYPES],
    required: [
      'app-config.dynamic.yaml',
      'dist/alpha.d.ts',
      'dist/alpha.esm.js',
      'dist/index.d.ts',
      'dist/index.esm.js',
    ],
  },
};

/** Parts of the tree that tests are made of; no name of what is built has them. */
const ONLY_FOR_TESTS = /\.test\.|__\w+__|\/(fixtures|mocks?|setupTests)\b/;

/** A map with no text of its sources points at files that are not in the archive. */
function pointsNowhere(text) {
  const { sources, sourcesContent = [] } = JSON.parse(text);
  return sources.some((_, index) => typeof sourcesContent[index] !== 'string');
}

/**
 * `files` has the text of each file of the archive by its path; `migrations` the names of those in the tree. Answers what is
 * wrong, in words.
 */
export function faultsOfContents({ role, files, migrations, licence }) {
  const kind = KINDS[role];
  if (!kind) return [`no archive is expected of the role ${role}`];
  const required = [
    ...EVERYWHERE,
    ...kind.required,
    ...migrations.map(name => `migrations/${name}`),
  ];
  const faults = [];
  for (const file of required) {
    if (!files.has(file)) faults.push(`${file} is missing`);
  }
  for (const [file, text] of files) {
    const isAllowed =
      required.includes(file) || kind.allowed.some(each => each.test(file));
    if (!isAllowed || ONLY_FOR_TESTS.test(file)) {
      faults.push(`${file} has no place in the archive`);
    } else if (file.endsWith('.map') && pointsNowhere(text)) {
      faults.push(`${file} points at sources that are not in the archive`);
    }
  }
  if (files.has('LICENSE') && files.get('LICENSE') !== licence) {
    faults.push('LICENSE is not that of the repository');
  }
  return faults;
}
