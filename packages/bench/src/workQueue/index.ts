import { describeMachine } from '../harness/machine';
import { connect } from '../harness/postgres';
import { timed } from '../harness/progress';
import { Report, Row, row } from '../harness/report';
import { inTurn } from '../harness/rounds';
import { Measurement, rateOf } from '../harness/statistics';
import { bareLoop } from './bareLoop';
import { Place, onPostgres, onSqlite } from './places';
import { heraldQueue } from './heraldQueue';
import { Contender } from './Contender';

type Effort = { rounds: number; items: number; oneByOne: number };

const THOROUGH: Effort = { rounds: 5, items: 20_000, oneByOne: 1_000 };
const QUICK: Effort = { rounds: 2, items: 4_000, oneByOne: 200 };

const BATCH_SIZES = [100, 500];
const ENQUEUED_AT_ONCE = [1, 1_000];

/**
 * Claims and completions a second of a handler that does nothing, beside those of a bare loop over one table: what leases, fencing,
 * retries and metrics cost. Each side runs in this process, on one core as the other.
 */
export async function benchWorkQueue(options: {
  quick: boolean;
}): Promise<Report> {
  const startedAt = new Date().toISOString();
  const admin = connect();
  const machine = await describeMachine(admin).finally(() => admin.destroy());
  const effort = options.quick ? QUICK : THOROUGH;
  const rows: Row[] = [];
  for (const open of [onPostgres, onSqlite]) {
    const place = await open();
    try {
      rows.push(
        ...(await timed(`measured on ${place.name}`, () =>
          measure(place, effort),
        )),
      );
    } finally {
      await place.remove();
    }
  }
  return {
    bench: 'work-queue',
    startedAt,
    machine,
    workload: {
      payload: 'JSON of about 100 characters',
      handler: 'does nothing',
      upstream:
        'a bare loop: UPDATE … SKIP LOCKED … RETURNING, then DELETE, one batch after the other',
      effort: JSON.stringify(effort),
    },
    rows,
  };
}

async function measure(place: Place, effort: Effort): Promise<Row[]> {
  const rows: Row[] = [];
  for (const batchSize of BATCH_SIZES) {
    rows.push(await measureWork(place, effort, effort.items, batchSize));
  }
  rows.push(await measureWork(place, effort, effort.oneByOne, 1));
  for (const atOnce of ENQUEUED_AT_ONCE) {
    rows.push(
      await measureEnqueuing(
        place,
        effort,
        atOnce === 1 ? effort.oneByOne : effort.items,
        atOnce,
      ),
    );
  }
  return rows;
}

async function measureWork(
  place: Place,
  { rounds }: Effort,
  items: number,
  batchSize: number,
): Promise<Row> {
  const sides = {
    herald: await heraldQueue(place, batchSize),
    upstream: await bareLoop(place, batchSize),
  };
  try {
    const drained = await drainInTurn(sides, rounds, items);
    return row({
      name: `claim and complete, ${
        batchSize === 1 ? 'one by one' : `batches of ${batchSize}`
      }, ${place.name}`,
      size: `${items} items`,
      unit: 'per second',
      herald: drained.herald,
      upstream: drained.upstream,
    });
  } finally {
    await sides.herald.close();
    await sides.upstream.close();
  }
}

/** Filling is not on the clock; draining is, from the first claim until nothing is left. */
async function drainInTurn(
  sides: Record<'herald' | 'upstream', Contender>,
  rounds: number,
  items: number,
): Promise<Record<'herald' | 'upstream', Measurement>> {
  const elapsed: Record<'herald' | 'upstream', number[]> = {
    herald: [],
    upstream: [],
  };
  const sideNames = ['herald', 'upstream'] as const;
  // The first round warms up.
  for (let round = -1; round < rounds; round++) {
    for (const side of sideNames) {
      await sides[side].enqueue(items);
      const start = performance.now();
      const done = await sides[side].drain();
      if (done !== items || (await sides[side].left()) !== 0) {
        throw new Error(`${side} did ${done} of ${items} items`);
      }
      if (round >= 0) {
        elapsed[side].push(performance.now() - start);
      }
    }
  }
  const rate = (side: 'herald' | 'upstream') =>
    rateOf(
      elapsed[side].map(ms => ({
        latencies: Array.from({ length: items }, () => ms / items),
        elapsed: ms,
      })),
    );
  return { herald: rate('herald'), upstream: rate('upstream') };
}

async function measureEnqueuing(
  place: Place,
  { rounds }: Effort,
  items: number,
  atOnce: number,
): Promise<Row> {
  const sides = {
    herald: await heraldQueue(place, 1),
    upstream: await bareLoop(place, 1),
  };
  const load = (side: Contender) => ({
    work: () => side.enqueue(atOnce),
    warmUp: Math.ceil(items / atOnce / 4),
    requests: Math.ceil(items / atOnce),
  });
  try {
    const measured = await inTurn(
      { herald: load(sides.herald), upstream: load(sides.upstream) },
      rounds,
    );
    const rate = (side: 'herald' | 'upstream') => {
      const { median, rounds: each, samples } = rateOf(measured[side]);
      return {
        median: median * atOnce,
        rounds: each.map(value => value * atOnce),
        samples: samples * atOnce,
      };
    };
    return row({
      name: `enqueue, ${atOnce === 1 ? 'one by one' : `${atOnce} at once`}, ${
        place.name
      }`,
      size: `${items} items`,
      unit: 'per second',
      herald: rate('herald'),
      upstream: rate('upstream'),
    });
  } finally {
    await sides.herald.close();
    await sides.upstream.close();
  }
}
