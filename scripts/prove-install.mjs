// Does what docs/install.md says, word for word, in a new portal of Backstage's own scaffold: Backstage's notifications plugin gives
// way to Herald, what it stored is moved over, Herald is used on the new and on the old frontend system, and is taken out again.
// `node scripts/herald.mjs prove-install [--backstage 1.52] [--sqlite] [--keep]`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Guide } from './install/guide.mjs';
import { NEWEST, createLeanPortal } from './install/leanPortal.mjs';
import { swapInLegacyApp } from './install/legacyApp.mjs';
import {
  ADMIN_TOKEN,
  forgetOwnPackages,
  readersEnv,
  startStandIns,
} from './install/reader.mjs';
import { startRegistry } from './install/registry.mjs';
import {
  databaseOf,
  whileRunning,
  writeLocalConfig,
} from './install/runningPortal.mjs';
import {
  JANUS_TABLES,
  lookAtHerald,
  lookAtLegacy,
  lookWithoutHerald,
  storeBeforeHerald,
} from './install/stages.mjs';
import { openBrowser } from './install/visit.mjs';
import { startPostgres } from './postgres.mjs';
import { run, stopOnSignals } from './processes.mjs';
import { SetupError, root, say } from './toolchain.mjs';

/** The short way that the README shows is a part of the long one. */
function mustBeInGuide(readme, page) {
  const [, section] = readFileSync(readme, 'utf8').split('\n## Install\n');
  const blocks = section.split('\n## ')[0].matchAll(/^```\w+\n([^]*?)^```$/gm);
  const shown = [...blocks].flatMap(([, text]) => text.trim().split('\n'));
  const missing = shown.filter(
    line => !line.startsWith('//') && !page.includes(line),
  );
  if (shown.length === 0 || missing.length > 0) {
    throw new Error(
      `the README shows what docs/install.md does not: ${missing}`,
    );
  }
}

/** Steps that a portal on SQLite leaves out. */
const ON_POSTGRESQL = ['postgresql', 'drop-sequence'];

const PLATFORM_TEAM = 'group:default/platform';

async function timed(what, act) {
  const started = Date.now();
  const result = await act();
  say(`${what}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/** A new portal with Backstage's own notifications plugin, which has stored a message. */
async function preparePortal(proof) {
  const { env, release, portal, readers, postgres } = proof;
  await timed('the scaffold', () => createLeanPortal({ env, release, portal }));
  await timed('yarn install', async () => {
    const code = await run('yarn', ['install'], {
      cwd: portal,
      env: readers,
      stdio: ['ignore', 2, 2],
    });
    if (code !== 0) throw new SetupError(`yarn install ended with ${code}`);
  });
  proof.database = databaseOf(portal, postgres, env); // by the portal's drivers
  await proof.database.drop();
  if (postgres) await proof.follow('postgresql');
  await proof.follow('token');
  await proof.running(
    [],
    ({ urls }) => storeBeforeHerald({ urls, token: ADMIN_TOKEN }),
    { command: 'yarn workspace backend start', isFrontendToo: false },
  );
}

async function installHerald({ follow, guide, readers }) {
  await follow('registry');
  await follow('old-backend');
  await follow('old-app');
  await follow('notifications-backend');
  await follow('notifications-app');
  await follow('notifications-app-sidebar');
  await follow('guest');
  const secret = guide.commandOf('secret');
  readers.NOTIFICATIONS_SECRET = execFileSync('bash', ['-c', secret], {
    env: readers,
    encoding: 'utf8',
  }).trim();
}

async function useHerald(proof, readingSince) {
  const { follow, browser, readers, database } = proof;
  await proof.running([], async ({ urls, headers }) => {
    const followAt = step => follow(step, { BACKEND: urls.backend });
    await lookAtHerald({
      browser,
      urls,
      headers,
      secrets: [
        readers.NOTIFICATIONS_SECRET,
        readers.NOTIFICATIONS_ADMIN_TOKEN,
        readers.NOTION_TOKEN,
      ],
      send: () => followAt('send'),
      onFirstMessage: () =>
        say(
          `from the first command to the first message: ${(
            (Date.now() - readingSince) /
            60_000
          ).toFixed(1)} minutes`,
        ),
      importUpstream: () => followAt('import-upstream'),
      progress: () => followAt('import-progress'),
      importJanus: async () => {
        await database.run('notifications', JANUS_TABLES);
        await followAt('import-janus');
      },
    });
  });
}

/** The same portal with an app on the old frontend system. */
async function useLegacyApp(proof) {
  const { env, release, portal, follow, browser } = proof;
  const app = path.join(portal, 'packages/app');
  const aside = path.join(proof.dataDir, 'app');
  cpSync(path.join(app, 'src'), path.join(aside, 'src'), { recursive: true });
  cpSync(path.join(app, 'package.json'), path.join(aside, 'package.json'));
  await timed('the scaffold of the old frontend system', () =>
    swapInLegacyApp({ env, release, portal }),
  );
  await follow('old-app');
  await follow('notifications-legacy');
  await follow('manual-publish-app');
  await follow('manual-publish-legacy');
  await proof.running([PLATFORM_TEAM], ({ urls, headers }) =>
    lookAtLegacy({ browser, urls, headers }),
  );
  rmSync(path.join(app, 'src'), { recursive: true });
  cpSync(aside, app, { recursive: true });
}

async function takeItOut(proof) {
  const { follow, guide, portal, database, browser } = proof;
  await follow('take-out');
  for (const step of [
    'components',
    'manual-publish-features',
    'notifications-app-sidebar',
  ]) {
    guide.undo(step, file => path.join(portal, file));
  }
  await follow('back');
  await proof.running([], ({ urls, headers }) =>
    lookWithoutHerald({ browser, urls, headers }),
  );
  for (const pluginId of ['notifications', 'manual-publish']) {
    const left = async () =>
      (await database.tables(pluginId)).filter(name =>
        name.startsWith('herald_'),
      );
    if ((await left()).length === 0) {
      throw new Error(`${pluginId}: there was nothing to take away`);
    }
    await follow(`drop-${pluginId}`);
    if (proof.postgres && pluginId === 'notifications') {
      await follow('drop-sequence');
    }
    const stayed = await left();
    if (stayed.length > 0) {
      throw new Error(`${pluginId}: ${stayed} stayed in the database`);
    }
  }
  const [{ count }] = await database.rows(
    'notifications',
    'SELECT count(*) AS count FROM notification',
  );
  if (Number(count) !== 1) {
    throw new Error(`Backstage's own plugin has ${count} messages, not 1`);
  }
}

async function prove(proof) {
  const { follow, guide, readers } = proof;
  await timed('the packages', () =>
    guide.follow('packages', { cwd: root, env: readers }),
  );
  await preparePortal(proof);
  const readingSince = Date.now();
  await installHerald(proof);
  await follow('policy');
  await follow('manual-publish');
  await follow('manual-publish-app');
  await follow('manual-publish-features');
  await follow('components');
  await follow('check');
  await useHerald(proof, readingSince);
  await follow('upgrade');
  await useLegacyApp(proof);
  await takeItOut(proof);
  const unfollowed = guide.unfollowed(proof.postgres ? [] : ON_POSTGRESQL);
  if (unfollowed.length > 0) {
    throw new Error(`nobody has done what these say: ${unfollowed.join(', ')}`);
  }
}

export async function proveInstall(env, args) {
  const { values } = parseArgs({
    args,
    options: {
      backstage: { type: 'string', default: NEWEST },
      sqlite: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  stopOnSignals();
  const started = Date.now();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'herald-install-'));
  const portal = path.join(dataDir, 'portal');
  const postgres = values.sqlite ? undefined : await startPostgres();
  forgetOwnPackages(env);
  const registry = await startRegistry();
  const sandbox = await startStandIns(env, dataDir);
  const browser = await openBrowser();
  const page = path.join(root, 'docs/install.md');
  mustBeInGuide(path.join(root, 'README.md'), readFileSync(page, 'utf8'));
  const guide = new Guide(page);
  const readers = readersEnv(env, { dataDir, registry, postgres });
  const logFile = path.join(root, '.build', `install-${values.backstage}.log`);
  const proof = {
    env,
    dataDir,
    portal,
    postgres,
    browser,
    guide,
    readers,
    release: values.backstage,
    follow: (step, more = {}) =>
      timed(`docs/install.md, ${step}`, () =>
        guide.follow(step, {
          cwd: portal,
          env: { ...readers, ...more },
          fileOf: file => path.join(portal, file),
          query: (pluginId, sql) => proof.database.run(pluginId, sql),
        }),
      ),
    running: async (groups, use, how = {}) => {
      const urls = await writeLocalConfig(portal, {
        isPostgres: Boolean(postgres),
        sandbox,
        groups,
      });
      const command = how.command ?? guide.commandOf('start').trim();
      await timed(`${command}, and looking at it`, () =>
        whileRunning(
          { portal, env: readers, urls, logFile, groups, ...how, command },
          headers => use({ urls, headers }),
        ),
      );
    },
  };
  try {
    await prove(proof);
    say(
      `Backstage ${values.backstage} on ${
        postgres ? 'PostgreSQL' : 'SQLite'
      }: docs/install.md holds, in ${Math.round(
        (Date.now() - started) / 1000,
      )} s`,
    );
  } finally {
    await browser.close();
    await sandbox.stop();
    registry.stop();
    forgetOwnPackages(env);
    await proof.database?.drop();
    await postgres?.stop();
    if (values.keep) say(`the portal stays in ${portal}`);
    else rmSync(dataDir, { recursive: true, force: true });
  }
}
