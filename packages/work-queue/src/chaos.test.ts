import { describeOnPostgres, testEngines } from '@herald/test-utils';
import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PREFIX, TestQueue } from './__testUtils__/TestQueue';
import { until } from './__testUtils__/until';

const databases = testEngines();
const ITEMS = 2_000;
const PROCESSES = 4;
const KILLING_MS = 10_000;

/** Processes that work, of which any may be killed, and another then takes its place. */
class Workforce {
  readonly #args: string[];
  #processes: ChildProcess[] = [];

  constructor(args: string[], size: number) {
    this.#args = args;
    this.#processes = Array.from({ length: size }, () => this.#start());
  }

  async killOne(): Promise<void> {
    const place = Math.floor(Math.random() * this.#processes.length);
    await this.#kill(this.#processes[place]);
    this.#processes[place] = this.#start();
  }

  /** For longer than its lease lasts: it goes on with what another has taken over. */
  async pauseOne(): Promise<void> {
    const child =
      this.#processes[Math.floor(Math.random() * this.#processes.length)];
    child.kill('SIGSTOP');
    await delay(800);
    child.kill('SIGCONT');
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#processes.map(child => this.#kill(child)));
  }

  #start(): ChildProcess {
    return fork(
      path.join(__dirname, '__testUtils__', 'chaosWorker.ts'),
      this.#args,
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      },
    );
  }

  async #kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`A process ended by itself: ${child.exitCode}`);
    }
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}

// Only there processes share a queue.
describeOnPostgres(databases, 'processes that are killed or paused', engine => {
  it('have every effect exactly once, and lose no work', async () => {
    const test = await TestQueue.create(databases, engine);
    await test.knex.schema.createTable('effects', table => {
      table.uuid('work_id').notNullable();
      table.integer('attempt').notNullable();
    });
    const { connection } = test.knex.client.config;
    const workforce = new Workforce(
      [connectionString(connection), PREFIX],
      PROCESSES,
    );
    const queue = test.queue({ clockSql: undefined });
    let kills = 0;
    const ids: unknown[] = [];
    try {
      const end = performance.now() + KILLING_MS;

      while (performance.now() < end) {
        // A part at a time, so that there is work as long as there is killing.
        if (ids.length < ITEMS) {
          ids.push(
            ...(await queue.enqueue(
              test.knex,
              Array.from({ length: ITEMS / 5 }, (_, n) => ({
                kind: 'effect',
                payload: n,
              })),
            )),
          );
        }
        await delay(100 + Math.random() * 400);
        await workforce.killOne();
        kills++;
        await workforce.pauseOne();
      }
      await until(async () => (await test.rows()).length === 0, 30_000);
      expect(kills).toBeGreaterThan(5);
    } finally {
      await workforce.killAll();
    }
    const effects: string[] = await test.knex('effects').pluck('work_id');
    expect(new Set(effects).size).toBe(effects.length);
    expect(effects.sort()).toEqual(ids.sort());
    // Work was taken over, or this has shown nothing.
    const [{ count }] = await test
      .knex('effects')
      .where('attempt', '>', 1)
      .count();
    expect(Number(count)).toBeGreaterThan(0);
  });
});

function connectionString(connection: {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}): string {
  const { host, port, user, password, database } = connection;
  return `postgres://${user}:${password}@${host}:${port}/${database}`;
}
