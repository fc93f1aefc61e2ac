// Loads the plugins as archives into a portal that holds none of them, and uses it: pages, an upgrade in place, one plugin alone, and
// all that can be wrong with a folder of dynamic plugins. `node scripts/herald.mjs prove-showcase`.
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundlePlugins } from './dynamic/bundlePlugins.mjs';
import { freePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { stopGroup, stopOnSignals } from './processes.mjs';
import { publish, solutionsOf } from './publishing.mjs';
import { startSandbox } from './sandbox.mjs';
import { extractArchive, folderOf } from './showcase/extractArchives.mjs';
import { pluginsOf, prepareHome } from './showcase/home.mjs';
import { ensurePage } from './showcase/pageBuild.mjs';
import { startShowcase } from './showcase/portal.mjs';
import {
  makeLeftover,
  proveBadArchives,
  proveBadPlugins,
} from './showcase/proofs/badPlugins.mjs';
import { proveCommand } from './showcase/proofs/command.mjs';
import { must } from './showcase/proofs/must.mjs';
import { provePages } from './showcase/proofs/pages.mjs';
import { call, openBrowser, send } from './showcase/proofs/person.mjs';
import {
  leaveTraces,
  proveTraces,
  publishedAnew,
} from './showcase/proofs/upgrade.mjs';
import { root, say } from './toolchain.mjs';

const folder = path.join(root, '.build', 'showcase-proof');
const home = path.join(folder, 'home');
const NEWER = '99.0.0';

function proveIndependence() {
  const depending = ['showcase', 'showcase-app'].flatMap(name => {
    const { dependencies } = JSON.parse(
      readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'),
    );
    return Object.keys(dependencies).filter(each =>
      each.startsWith('@herald/backstage-plugin-'),
    );
  });
  must(
    'the portal depends on none of the plugins',
    depending.length === 0,
    depending.join(', '),
  );
}

/** The databases that an earlier proof has left on the server. */
async function dropDatabases(connectionString) {
  const { Client } = createRequire(
    path.join(root, 'packages', 'showcase', 'package.json'),
  )('pg');
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(
    "SELECT datname FROM pg_database WHERE datname LIKE 'herald\\_showcase\\_%'",
  );
  for (const { datname } of rows) {
    await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
  }
  await client.end();
}

/** Everything of one family out of the folder, for as long as something runs. */
async function without(archives, pluginId, doWith) {
  const aside = path.join(folder, 'aside');
  mkdirSync(aside, { recursive: true });
  const moved = archives
    .filter(archive => archive.pluginId === pluginId)
    .map(({ name }) => folderOf(name));
  for (const name of moved) {
    renameSync(path.join(pluginsOf(home), name), path.join(aside, name));
  }
  try {
    return await doWith();
  } finally {
    for (const name of moved) {
      renameSync(path.join(aside, name), path.join(pluginsOf(home), name));
    }
  }
}

async function provesPublishingAlone(portal, what) {
  const [solution] = await solutionsOf(portal.url);
  const job = await publish(portal.url, solution, ['ko']);
  must(what, job.status === 'COMPLETED', JSON.stringify(job));
  const { status } = await call(portal, 'GET', 'notifications/notifications');
  must('there are no notifications then', status === 404, String(status));
}

async function startStandIns(env) {
  const ports = {
    notion: await freePort(),
    openAi: await freePort(),
    git: await freePort(),
  };
  const log = openSync(path.join(folder, 'sandbox.log'), 'w');
  const sandbox = startSandbox(
    {
      ports: {
        HERALD_SANDBOX_NOTION_PORT: String(ports.notion),
        HERALD_SANDBOX_OPENAI_PORT: String(ports.openAi),
        HERALD_SANDBOX_GIT_PORT: String(ports.git),
      },
    },
    env,
    folder,
    log,
  );
  closeSync(log);
  await sandbox.ready;
  return {
    stop: () => stopGroup(sandbox.child),
    environment: {
      NOTION_BASE_URL: `http://127.0.0.1:${ports.notion}`,
      OPENAI_BASE_URL: `http://127.0.0.1:${ports.openAi}/v1`,
      GITHUB_REPO_URL: `http://127.0.0.1:${ports.git}/docs.git`,
    },
  };
}

async function proofs(env, { archives, browser, postgres, environment }) {
  const withPortal = async (doWith, options = {}) => {
    const portal = await startShowcase(env, {
      home,
      port: await freePort(),
      dataDir: path.join(folder, options.postgres ? 'postgres-work' : 'data'),
      ...options,
      environment: { ...environment, ...options.environment },
    });
    try {
      return await doWith(portal);
    } catch (error) {
      process.stderr.write(`${portal.log().slice(-4_000)}\n`);
      throw error;
    } finally {
      await portal.stop();
    }
  };
  const started = Date.now();
  const onSqlite = await withPortal(async portal => {
    await (await fetch(`${portal.url}/notifications`)).text();
    say(`from start to the first page: ${Date.now() - started} ms`);
    await provePages(browser, portal);
    return leaveTraces(portal, 'SQLite');
  });
  const onPostgres = await withPortal(
    portal => leaveTraces(portal, 'PostgreSQL'),
    { postgres },
  );

  const newer = await publishedAnew(
    archives,
    NEWER,
    path.join(folder, 'newer'),
  );
  for (const archive of newer) await extractArchive(archive, pluginsOf(home));
  say(`extracted ${NEWER} over ${archives[0].version}`);
  await withPortal(async portal => {
    await proveTraces(portal, 'SQLite', onSqlite);
    must(
      'the newer archives are what runs, all of one version',
      newer.every(
        ({ name }) =>
          JSON.parse(
            readFileSync(
              path.join(
                home,
                'enabled-plugins',
                folderOf(name),
                'package.json',
              ),
              'utf8',
            ),
          ).version === NEWER,
      ) && !/are of the versions/.test(portal.log()),
    );
  });
  await withPortal(portal => proveTraces(portal, 'PostgreSQL', onPostgres), {
    postgres,
  });

  await without(newer, 'manual-publish', () =>
    withPortal(async portal => {
      await send(portal, 'Alone');
      const { body } = await call(portal, 'GET', 'notifications/notifications');
      must(
        'notifications run alone',
        body.some(({ title }) => title === 'Alone'),
      );
      const { status } = await call(portal, 'GET', 'manual-publish/sidebar');
      must('there are no manuals then', status === 404, String(status));
    }),
  );
  await without(newer, 'notifications', () =>
    withPortal(portal =>
      provesPublishingAlone(
        portal,
        'manuals are published alone, by a portal from which notifications were taken out',
      ),
    ),
  );
  const leftover = makeLeftover(
    home,
    '@herald/backstage-plugin-notifications-backend',
  );
  await withPortal(portal =>
    provesPublishingAlone(
      portal,
      'manuals are published beside notifications that are there twice',
    ),
  );
  rmSync(leftover);

  await proveBadPlugins(browser, home, async extra =>
    startShowcase(env, {
      home,
      port: await freePort(),
      dataDir: path.join(folder, 'data'),
      environment: { ...environment, ...extra },
    }),
  );
  await proveBadArchives(home, newer[0], folder);
}

export async function proveShowcase(env) {
  stopOnSignals();
  const begun = Date.now();
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  rmSync(folder, { recursive: true, force: true });
  prepareHome(home);
  proveIndependence();
  const [archives] = await Promise.all([
    bundlePlugins({ out: path.join(folder, 'archives'), env }),
    ensurePage(env),
  ]);
  say(`archives and page, after ${seconds()}`);
  for (const archive of archives) {
    await extractArchive(archive, pluginsOf(home));
    say(`${archive.name}: ${(archive.bytes / 1e6).toFixed(1)} MB`);
  }
  say(`extracted, after ${seconds()}`);
  const postgres = await startPostgres();
  const standIns = await startStandIns(env);
  const browser = await openBrowser();
  try {
    await dropDatabases(postgres.connectionString);
    await proofs(env, {
      archives,
      browser,
      postgres: postgres.connectionString,
      environment: standIns.environment,
    });
    await proveCommand(env, folder);
    say(`all of it after ${seconds()}`);
  } finally {
    await browser.close();
    await standIns.stop();
    await postgres.stop();
  }
  rmSync(folder, { recursive: true, force: true });
}
