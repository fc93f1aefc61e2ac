// A new portal of Backstage's own scaffold, less what only takes time to install: what is left is what a portal has anyway.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { run } from '../processes.mjs';
import { SetupError, root } from '../toolchain.mjs';

/** Which release of the scaffold makes a portal of which release of Backstage. */
const SCAFFOLDS = { 1.55: '0.9.2', 1.52: '0.8.4' };
export const NEWEST = '1.55';

/** Dependencies that are taken away, and why nothing is lost by it. */
const SUPERFLUOUS = [
  [/^@backstage\/plugin-(kubernetes|techdocs|scaffolder)/, 'other plugins'],
  [/^@backstage\/plugin-(api-docs|home|search|mcp-actions)/, 'other plugins'],
  [/^@backstage\/plugin-catalog-(graph|import)$/, 'other plugins'],
  [/^@backstage\/plugin-(app-visualizer|proxy-backend)$/, 'other plugins'],
  [/^@backstage\/plugin-auth-backend-module-github-/, 'guests sign in'],
  [/-module-scaffolder-entity-model$/, 'there are no templates'],
  [/^(@playwright|@testing-library)\/|^(jest|jsdom|cross-env)$/, 'own tests'],
  [/^@jest\/environment-jsdom-abstract$/, 'own tests'],
  [/^@backstage\/(e2e|frontend)?-?test-utils$/, 'own tests'],
  [/^(prettier|node-gyp)$/, 'nothing is formatted or compiled'],
];

export const isSuperfluous = name =>
  SUPERFLUOUS.some(([word]) => word.test(name));

export function edit(file, change) {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`nothing to take out of ${file}`);
  writeFileSync(file, after);
}

export function without(text, ...patterns) {
  return patterns.reduce((left, pattern) => left.replace(pattern, ''), text);
}

export function leaveOutDependencies(manifest) {
  edit(manifest, text => {
    const parsed = JSON.parse(text);
    for (const kind of ['dependencies', 'devDependencies']) {
      for (const name of Object.keys(parsed[kind] ?? {})) {
        if (isSuperfluous(name)) delete parsed[kind][name];
      }
    }
    return `${JSON.stringify(parsed, undefined, 2)}\n`;
  });
}

/** Versions that work on every machine: the reasons stand beside them in this repository's package.json. */
function pinAsWeDo(manifest) {
  const { resolutions } = JSON.parse(
    readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  edit(manifest, text => {
    const parsed = JSON.parse(text);
    parsed.resolutions = { ...resolutions, ...parsed.resolutions };
    return `${JSON.stringify(parsed, undefined, 2)}\n`;
  });
}

/**
 * A portal of an older release has that release in its lock file; a new one would get whatever its ranges allow today. What
 * stays free is what Herald needs newer than the release has it: there Yarn installs both.
 */
function pinToRelease(portal, manifests) {
  const versions = manifests.flatMap(manifest => {
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(manifest, 'utf8'),
    );
    return Object.entries({ ...dependencies, ...devDependencies });
  });
  edit(path.join(portal, 'package.json'), text => {
    const parsed = JSON.parse(text);
    for (const [name, range] of versions) {
      if (!name.startsWith('@backstage/')) continue;
      const version = range.replace('^', '');
      const which = name === '@backstage/ui' ? `${name}@npm:${range}` : name;
      parsed.resolutions[which] = version;
    }
    return `${JSON.stringify(parsed, undefined, 2)}\n`;
  });
}

function leaveOutOfBackend(portal) {
  edit(path.join(portal, 'packages/backend/src/index.ts'), text =>
    text.replace(
      /backend\.add\(\s*import\('([^']+)'\),?\s*\);\n/g,
      (statement, name) => (isSuperfluous(name) ? '' : statement),
    ),
  );
}

function leaveOutOfConfig(portal) {
  edit(path.join(portal, 'app-config.yaml'), text => {
    const config = parseDocument(text);
    const extensions = config.getIn(['app', 'extensions']);
    extensions.items = extensions.items.filter(
      item => !/home/.test(String(item)),
    );
    const locations = config.getIn(['catalog', 'locations']);
    locations.items = locations.items.filter(
      item => !/template/.test(item.get('target')),
    );
    config.delete('techdocs');
    config.delete('integrations');
    config.delete('mcpActions');
    config.deleteIn(['backend', 'actions']);
    return String(config);
  });
}

function leaveOutOfApp(portal) {
  const src = path.join(portal, 'packages/app/src');
  for (const test of ['App.test.tsx', 'setupTests.ts']) {
    rmSync(path.join(src, test));
  }
  rmSync(path.join(src, 'modules/home'), { recursive: true, force: true });
  writeFileSync(
    path.join(src, 'App.tsx'),
    without(
      readFileSync(path.join(src, 'App.tsx'), 'utf8'),
      /import \{ homeModule \}.*\n/,
      /, homeModule/,
    ),
  );
  edit(path.join(src, 'modules/nav/Sidebar.tsx'), text =>
    without(
      text,
      /import \{ SidebarSearchModal \}.*\n/,
      /import SearchIcon .*\n/,
      /\s*<SidebarGroup label="Search"[^]*?<\/SidebarGroup>/,
    ),
  );
}

export async function scaffold({ env, release, folder, args = [] }) {
  const scaffoldVersion = SCAFFOLDS[release];
  if (!scaffoldVersion) {
    throw new SetupError(
      `--backstage takes ${Object.keys(SCAFFOLDS).join(' or ')}`,
    );
  }
  const code = await run(
    'npm',
    [
      'exec',
      '--yes',
      '--',
      `@backstage/create-app@${scaffoldVersion}`,
      '--skip-install',
      '--path',
      folder,
      ...args,
    ],
    {
      cwd: tmpdir(),
      env: { ...env, BACKSTAGE_APP_NAME: 'portal' },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (code !== 0) throw new Error(`the scaffold ended with ${code}`);
}

/** Makes it in the given folder. Nothing is installed yet. */
export async function createLeanPortal({ env, release, portal }) {
  await scaffold({ env, release, folder: portal });
  const manifests = ['.', 'packages/app', 'packages/backend'].map(workspace =>
    path.join(portal, workspace, 'package.json'),
  );
  manifests.forEach(leaveOutDependencies);
  pinAsWeDo(path.join(portal, 'package.json'));
  if (release !== NEWEST) pinToRelease(portal, manifests);
  leaveOutOfBackend(portal);
  leaveOutOfConfig(portal);
  leaveOutOfApp(portal);
  // What this repository has downloaded is not looked for again; what the portal alone needs is added.
  cpSync(path.join(root, 'yarn.lock'), path.join(portal, 'yarn.lock'));
}
