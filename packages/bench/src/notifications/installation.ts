import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import knexFactory, { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Portal, startPortal } from '../harness/portal';
import {
  connect,
  dropDatabase,
  loadInBulk,
  postgresAddress,
} from '../harness/postgres';
import { timed } from '../harness/progress';
import { HostSettings, NotificationSystem } from './system';
import {
  WorkloadSize,
  describeMix,
  stageWorkload,
  unstageWorkload,
} from './workload';

/** A system that is installed, filled and running. */
export type Installation = {
  readonly system: NotificationSystem;
  readonly portal: Portal;
  /** What the workload turned out to be. */
  readonly mix: Record<string, string | number>;
  /** Starts the portal again with other settings, on the same data. */
  restart(config: JsonObject, options?: HostOptions): Promise<void>;
  /** Starts another process of the same portal beside it; the caller stops it. */
  startReplica(options?: HostOptions): Promise<Portal>;
  /** Does something to its database, past the portal. */
  withDatabase<T>(work: (db: Knex) => Promise<T>): Promise<T>;
  /** Stops the portal and removes its database. */
  remove(): Promise<void>;
};

type HostOptions = Pick<HostSettings, 'hasProcessor' | 'hasRealServer'>;

/** Without this, upstream stores ten notifications in 50 ms, whatever the machine could do. */
export const UPSTREAM_UNTHROTTLED: JsonObject = {
  notifications: {
    concurrencyLimit: 1_000_000,
    throttleInterval: { milliseconds: 1 },
  },
};

const PLUGIN_ID = 'notifications';
export const HOST = resolvePackagePath(
  '@herald/bench',
  'src/notifications/host.ts',
);

function startSystem(
  system: NotificationSystem,
  database: JsonObject,
  config: JsonObject,
  options: HostOptions = {},
): Promise<Portal> {
  return startPortal(HOST, {
    ...options,
    system: system.name,
    config: {
      app: { baseUrl: 'http://localhost:3000' },
      backend: { baseUrl: 'http://localhost:7007', database },
      ...config,
    },
  });
}

async function fill(
  system: NotificationSystem,
  size: WorkloadSize,
  now: Date,
  db: Knex,
) {
  const engine = db.client.config.client === 'pg' ? 'pg' : 'better-sqlite3';
  return timed(
    `${size.label} messages loaded into ${system.name}`,
    async () => {
      await stageWorkload(db, engine, size, now);
      const mix = await describeMix(db);
      const load = () => system.load(db, engine);
      await (engine === 'pg' ? loadInBulk(db, system.tables, load) : load());
      await unstageWorkload(db);
      await db.raw('ANALYZE');
      return mix;
    },
  );
}

async function install(
  system: NotificationSystem,
  database: JsonObject,
  config: JsonObject,
  fillDatabase: (db: Knex) => Promise<Installation['mix']>,
  open: () => Knex,
  removeDatabase: () => Promise<void>,
): Promise<Installation> {
  const withDatabase: Installation['withDatabase'] = async work => {
    const db = open();
    return work(db).finally(() => db.destroy());
  };
  // The first start makes the tables.
  await (await startSystem(system, database, config)).stop();
  const mix = await withDatabase(fillDatabase);
  let portal = await startSystem(system, database, config);
  return {
    system,
    mix,
    get portal() {
      return portal;
    },
    withDatabase,
    async restart(otherConfig, options) {
      await portal.stop();
      portal = await startSystem(system, database, otherConfig, options);
    },
    startReplica: options => startSystem(system, database, config, options),
    async remove() {
      await portal.stop();
      await removeDatabase();
    },
  };
}

export async function installOnPostgres(
  system: NotificationSystem,
  size: WorkloadSize,
  now: Date,
  config: JsonObject = {},
): Promise<Installation> {
  const prefix = `bench_${system.name}_`;
  const name = prefix + PLUGIN_ID;
  const remove = async () => {
    const admin = connect();
    await dropDatabase(admin, name).finally(() => admin.destroy());
  };
  await remove();
  return install(
    system,
    { client: 'pg', connection: postgresAddress(), prefix },
    config,
    db => fill(system, size, now, db),
    () => connect(name),
    remove,
  );
}

export async function installOnSqlite(
  system: NotificationSystem,
  size: WorkloadSize,
  now: Date,
): Promise<Installation> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'herald-bench-'));
  return install(
    system,
    { client: 'better-sqlite3', connection: { directory } },
    {},
    db => fill(system, size, now, db),
    () =>
      knexFactory({
        client: 'better-sqlite3',
        connection: { filename: path.join(directory, `${PLUGIN_ID}.sqlite`) },
        useNullAsDefault: true,
      }),
    () => rm(directory, { recursive: true, force: true }),
  );
}
