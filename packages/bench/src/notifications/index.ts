import { describeMachine } from '../harness/machine';
import { connect } from '../harness/postgres';
import { say, timed } from '../harness/progress';
import { Report, Row, row } from '../harness/report';
import { CATALOG_ANSWERS_AFTER_MS } from './catalog';
import { Effort, QUICK, THOROUGH, THROTTLED } from './effort';
import { herald } from './herald';
import {
  UPSTREAM_UNTHROTTLED,
  installOnPostgres,
  installOnSqlite,
} from './installation';
import { measureMarkAll } from './measureMarks';
import { measureMemory } from './measureMemory';
import { measureProcessing } from './measureProcessing';
import { GROWING, measureReads } from './measureReads';
import { measureSends } from './measureSends';
import { measureStreams } from './measureStreams';
import { PEOPLE, READER_GROUPS } from './organisation';
import { Pair } from './sides';
import { PAGE_SIZE } from './system';
import { upstream } from './upstream';
import { COMMON_TERM, RARE_TERM, SIZES, WorkloadSize } from './workload';

const UNTHROTTLED = ', upstream unthrottled';
const AS_INSTALLED = ', upstream as installed';
const ON_SQLITE = ', on SQLite';

/** Lists, counts, marks, sends and streams, beside those of upstream's notifications backend. */
export async function benchNotifications(options: {
  quick: boolean;
  /** Only what waits for the disk; the PostgreSQL is one that does. */
  durable: boolean;
}): Promise<Report> {
  const { quick, durable } = options;
  const now = new Date();
  const admin = connect();
  const machine = await describeMachine(admin).finally(() => admin.destroy());
  const effort = quick ? QUICK : THOROUGH;

  const rows: Row[] = [];
  const mixes: Record<string, unknown> = {};
  const sizes = sizesFor(options);
  for (const size of sizes) {
    const pair = await installBoth(size, now);
    mixes[size.label] = pair.herald.mix;
    try {
      if (!durable) {
        rows.push(...(await measureReads(pair, size.label, '', effort)));
        say(`reads measured at ${size.label}`);
      }
      if (size === sizes.at(-1)) {
        rows.push(...(await measureRest(pair, size.label, effort, options)));
      }
    } finally {
      await pair.herald.remove();
      await pair.upstream.remove();
    }
  }
  if (!durable) {
    rows.push(...growth(rows));
    rows.push(
      ...(await onSqlite(quick ? SIZES.small : SIZES.middle, now, effort)),
    );
  }

  return {
    bench: 'notifications',
    startedAt: now.toISOString(),
    machine,
    workload: {
      ...mixes,
      people: PEOPLE + 1,
      'refs of the reader': READER_GROUPS.length + 1,
      'page size': PAGE_SIZE,
      'search terms': `“${COMMON_TERM}” in one title of five, “${RARE_TERM}” in one message of 5,000`,
      'a call to the catalog takes': `${CATALOG_ANSWERS_AFTER_MS} ms, and the parsing of its answer`,
      effort: JSON.stringify(effort),
    },
    rows,
  };
}

function sizesFor(options: {
  quick: boolean;
  durable: boolean;
}): WorkloadSize[] {
  if (options.quick) {
    return [SIZES.small];
  }
  return options.durable ? [SIZES.middle] : Object.values(SIZES);
}

async function installBoth(size: WorkloadSize, now: Date): Promise<Pair> {
  const [ours, theirs] = await Promise.all([
    installOnPostgres(herald, size, now),
    installOnPostgres(upstream, size, now, UPSTREAM_UNTHROTTLED),
  ]);
  return { herald: ours, upstream: theirs };
}

/** What is measured at one size only. Streams come before sends, which leave everybody with hundreds of unread messages. */
async function measureRest(
  pair: Pair,
  label: string,
  effort: Effort,
  { quick, durable }: { quick: boolean; durable: boolean },
): Promise<Row[]> {
  const rows = await timed(`marks measured at ${label}`, () =>
    measureMarkAll(pair, label, '', effort),
  );
  if (!durable) {
    rows.push(
      ...(await timed(`streams measured at ${label}`, () =>
        measureStreams(pair, label, effort),
      )),
      ...(await timed(`memory measured at ${label}`, () =>
        measureMemory(pair.herald, label, effort),
      )),
    );
  }
  rows.push(
    ...(await timed(`sends measured at ${label}`, () =>
      measureSends(pair, label, UNTHROTTLED, effort),
    )),
  );
  if (!quick && !durable) {
    await pair.upstream.restart({});
    rows.push(
      ...(await timed('sends measured beside upstream as installed', () =>
        measureSends(pair, label, AS_INSTALLED, THROTTLED),
      )),
    );
  }
  rows.push(
    ...(await timed(`processing measured at ${label}`, () =>
      measureProcessing(pair, label, effort),
    )),
  );
  return rows;
}

/** How much longer a request takes over the most messages than over the fewest. */
function growth(rows: readonly Row[]): Row[] {
  return GROWING.map(name => {
    const same = rows.filter(candidate => candidate.name === name);
    const factor = (side: 'herald' | 'upstream') => {
      const few = same.at(0)?.[side];
      const many = same.at(-1)?.[side];
      return few && many
        ? { median: many.median / few.median, rounds: [], samples: 0 }
        : undefined;
    };
    return row({
      name: `${name}: growth`,
      size: `${same.at(0)?.size} to ${same.at(-1)?.size}`,
      unit: 'times',
      herald: factor('herald'),
      upstream: factor('upstream'),
    });
  });
}

async function onSqlite(
  size: WorkloadSize,
  now: Date,
  effort: Effort,
): Promise<Row[]> {
  const sides = { herald: await installOnSqlite(herald, size, now) };
  try {
    return [
      ...(await measureReads(sides, size.label, ON_SQLITE, effort)),
      ...(await measureMarkAll(sides, size.label, ON_SQLITE, effort)),
      ...(await measureSends(sides, size.label, ON_SQLITE, effort)),
    ];
  } finally {
    await sides.herald.remove();
  }
}
