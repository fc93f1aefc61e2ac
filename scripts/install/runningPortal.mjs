// A portal that runs, as its own commands run it, on a database of this proof.
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { freePort } from '../ports.mjs';
import { startGroup, stopGroup } from '../processes.mjs';

const STARTS_WITHIN_MS = 4 * 60_000;
const PREFIX = 'herald_install_';

async function until(what, child, holds) {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const found = await holds().catch(() => undefined);
    if (found) return found;
    await delay(250);
  }
  throw new Error(`the portal: ${what} did not come`);
}

/** The catalog's locations, and one more with the given groups, which the guest is a member of. */
function locationsWith(portal, groups) {
  const file = path.join(portal, '.data/groups.yaml');
  const entities = groups.map(ref => {
    const [, namespace, name] = ref.split(/[:/]/);
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { namespace, name },
      spec: { type: 'team', children: [], members: ['user:default/guest'] },
    };
  });
  writeFileSync(file, entities.map(entity => stringify(entity)).join('---\n'));
  const config = readFileSync(path.join(portal, 'app-config.yaml'), 'utf8');
  const more = { type: 'file', target: file, rules: [{ allow: ['Group'] }] };
  return [
    ...parse(config).catalog.locations,
    ...(groups.length > 0 ? [more] : []),
  ];
}

/** What is true of this machine only; read after app-config.yaml. */
export async function writeLocalConfig(
  portal,
  { isPostgres, sandbox, groups },
) {
  mkdirSync(path.join(portal, '.data'), { recursive: true });
  const ports = { app: await freePort(), backend: await freePort() };
  const urls = {
    app: `http://localhost:${ports.app}`,
    backend: `http://localhost:${ports.backend}`,
  };
  const config = {
    app: {
      baseUrl: urls.app,
      // One plugin is found by itself, the other is named in App.tsx: both ways are tried.
      packages: { exclude: ['@herald/backstage-plugin-manual-publish'] },
    },
    backend: {
      baseUrl: urls.backend,
      listen: { host: '127.0.0.1', port: ports.backend },
      cors: { origin: urls.app },
      database: isPostgres
        ? { prefix: PREFIX }
        : {
            client: 'better-sqlite3',
            connection: { directory: path.join(portal, '.data') },
          },
    },
    catalog: { locations: locationsWith(portal, groups) },
    manualPublish: {
      notion: { baseUrl: sandbox.notion },
      translator: 'pseudo',
      repository: { url: sandbox.repository },
      media: { allowedPrivateHosts: ['127.0.0.1'] },
      workDir: path.join(portal, '.data/manual-publish'),
    },
  };
  writeFileSync(path.join(portal, 'app-config.local.yaml'), stringify(config));
  return urls;
}

/** A guest's way to the backend. */
export async function signIn(backend) {
  const response = await fetch(`${backend}/api/auth/guest/refresh`, {
    method: 'POST',
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await response.json();
  return {
    Authorization: `Bearer ${backstageIdentity.token}`,
    'Content-Type': 'application/json',
  };
}

/** Of which groups the portal says that somebody is. */
async function groupsOf(backend, headers) {
  const response = await fetch(`${backend}/api/auth/v1/userinfo`, { headers });
  const { claims } = await response.json();
  return claims.ent ?? [];
}

/** Runs something beside the portal, which a command of its own starts. Nothing is left running then. */
export async function whileRunning(
  { portal, env, command, urls, logFile, groups, isFrontendToo = true },
  use,
) {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = startGroup('bash', ['-c', `exec ${command}`], {
    cwd: portal,
    env: { ...env, NODE_ENV: 'development', BROWSER: 'none' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  try {
    const headers = await until('the catalog', child, async () => {
      const signedIn = await signIn(urls.backend);
      const guest = await fetch(
        `${urls.backend}/api/catalog/entities/by-name/user/default/guest`,
        { headers: signedIn },
      );
      const theirs = await groupsOf(urls.backend, signedIn);
      const isReady = guest.ok && groups.every(ref => theirs.includes(ref));
      return isReady ? signedIn : undefined;
    });
    if (isFrontendToo) {
      await until(
        'the page',
        child,
        async () => (await fetch(urls.app)).ok || undefined,
      );
    }
    return await use(headers);
  } catch (error) {
    process.stderr.write(readFileSync(logFile, 'utf8').slice(-8_000));
    throw error;
  } finally {
    await stopGroup(child);
  }
}

/** Run by the portal's Node, for which its driver was made; this process may be another one. */
const SQLITE_PROGRAM = `
  const [file, what, sql] = process.argv.slice(1);
  const database = new (require('better-sqlite3'))(file);
  if (what === 'run') database.exec(sql);
  else console.log(JSON.stringify(database.prepare(sql).all()));
`;

function sqliteOf(portal, env) {
  const ask = (what, pluginId, sql) =>
    execFileSync(
      'node',
      [
        '-e',
        SQLITE_PROGRAM,
        path.join(portal, '.data', `${pluginId}.sqlite`),
        what,
        sql,
      ],
      { cwd: path.join(portal, 'packages/backend'), env, encoding: 'utf8' },
    );
  const rows = async (pluginId, sql) => JSON.parse(ask('rows', pluginId, sql));
  return {
    run: async (pluginId, sql) => ask('run', pluginId, sql),
    rows,
    tables: async pluginId =>
      (
        await rows(
          pluginId,
          "SELECT name FROM sqlite_master WHERE type = 'table'",
        )
      ).map(({ name }) => name),
    drop: async () => {},
  };
}

/** The databases of the portal's plugins, with the portal's own drivers. */
export function databaseOf(portal, postgres, env) {
  if (!postgres) return sqliteOf(portal, env);
  const require = createRequire(
    path.join(portal, 'packages/backend/package.json'),
  );
  const { Client } = require('pg');
  const query = async (database, sql) => {
    const { host, port, user, password } = postgres;
    const client = new Client({ host, port, user, password, database });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const rows = (pluginId, sql) => query(`${PREFIX}${pluginId}`, sql);
  return {
    run: rows,
    rows,
    tables: async pluginId =>
      (
        await rows(
          pluginId,
          "SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'S') AND relnamespace = current_schema()::regnamespace",
        )
      ).map(({ name }) => name),
    drop: async () => {
      const found = await query(
        'postgres',
        `SELECT datname FROM pg_database WHERE starts_with(datname, '${PREFIX}')`,
      );
      for (const { datname } of found) {
        await query('postgres', `DROP DATABASE "${datname}" WITH (FORCE)`);
      }
    },
  };
}
