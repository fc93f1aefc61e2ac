import { parseArgs } from 'node:util';
import { Report, renderReport } from './harness/report';
import { benchNotifications } from './notifications';
import { benchPublish } from './publish';
import { benchWorkQueue } from './workQueue';

type Bench = (options: { quick: boolean; durable: boolean }) => Promise<Report>;

/** The benches by the name after `yarn bench`. */
const benches: Record<string, Bench> = {
  notifications: benchNotifications,
  publish: benchPublish,
  'work-queue': benchWorkQueue,
};

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      // Read by scripts/postgres.mjs, too: its server waits for the disk then.
      durable: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const [name = ''] = positionals;
  if (positionals.length !== 1 || !Object.hasOwn(benches, name)) {
    throw new Error(
      `usage: yarn bench ${Object.keys(benches).join(
        '|',
      )} [--json] [--quick] [--durable]`,
    );
  }
  const { durable, quick } = values;
  const report = await benches[name]({ durable, quick });
  process.stdout.write(
    values.json
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : renderReport(report),
  );
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  // Portals that are still running end when this process is gone.
  process.exit(1);
});
