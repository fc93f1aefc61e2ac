import { describeMachine } from '../harness/machine';
import { connect } from '../harness/postgres';
import { say } from '../harness/progress';
import { Report, Row, row } from '../harness/report';
import {
  Effort,
  FIRST_PAGE,
  Pair,
  UNREAD_COUNT,
  measureGroupSends,
  measureReads,
  measureReadsOf,
  measureSenders,
} from './cases';
import { CATALOG_ANSWERS_AFTER_MS } from './catalog';
import { herald } from './herald';
import {
  UPSTREAM_UNTHROTTLED,
  installOnPostgres,
  installOnSqlite,
} from './installation';
import { PEOPLE, READER_GROUPS } from './organisation';
import { PAGE_SIZE } from './system';
import { upstream } from './upstream';
import { COMMON_TERM, RARE_TERM, SIZES, WorkloadSize } from './workload';

const THOROUGH: Effort = {
  rounds: 5,
  readsPerRound: 60,
  groupSends: { herald: 40, upstream: 1 },
  concurrentSends: 1_600,
};
const QUICK: Effort = {
  rounds: 2,
  readsPerRound: 15,
  groupSends: { herald: 20, upstream: 1 },
  concurrentSends: 320,
};
/** With its throttle on, one send of upstream to a large group takes 25 s. */
const THROTTLED: Effort = { ...THOROUGH, rounds: 2, concurrentSends: 400 };

/** Lists, counts, searches and sends, beside those of upstream's notifications backend. */
export async function benchNotifications(options: {
  quick: boolean;
}): Promise<Report> {
  const now = new Date();
  const admin = connect();
  const machine = await describeMachine(admin).finally(() => admin.destroy());
  const effort = options.quick ? QUICK : THOROUGH;
  const sizes = options.quick ? [SIZES.small] : Object.values(SIZES);

  const rows: Row[] = [];
  const mixes: Record<string, unknown> = {};
  for (const size of sizes) {
    const pair: Pair = {
      herald: await installOnPostgres(herald, size, now),
      upstream: await installOnPostgres(
        upstream,
        size,
        now,
        UPSTREAM_UNTHROTTLED,
      ),
    };
    mixes[size.label] = pair.herald.mix;
    try {
      rows.push(...(await measureReads(pair, size.label, effort)));
      say(`reads measured at ${size.label}`);
      if (size === sizes.at(-1)) {
        rows.push(...(await measureSends(pair, size, effort, !options.quick)));
      }
    } finally {
      await pair.herald.remove();
      await pair.upstream.remove();
    }
  }
  if (!options.quick) {
    rows.push(...growth(rows), ...(await onSqlite(SIZES.middle, now)));
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
      'a call to the catalog takes': `${CATALOG_ANSWERS_AFTER_MS} ms`,
      effort: JSON.stringify(effort),
    },
    rows,
  };
}

async function measureSends(
  pair: Pair,
  { label }: WorkloadSize,
  effort: Effort,
  alsoThrottled: boolean,
): Promise<Row[]> {
  const rows = [
    ...(await measureGroupSends(pair, label, effort, 'unthrottled')),
    ...(await measureSenders(pair, label, effort, 'unthrottled')),
  ];
  if (alsoThrottled) {
    await pair.upstream.restart({});
    rows.push(
      ...(await measureGroupSends(pair, label, THROTTLED, 'as installed')),
      ...(await measureSenders(pair, label, THROTTLED, 'as installed')),
    );
  }
  say(`sends measured at ${label}`);
  return rows;
}

/** How much longer a request takes over the most messages than over the fewest. */
function growth(rows: readonly Row[]): Row[] {
  return [FIRST_PAGE, UNREAD_COUNT].map(name => {
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

async function onSqlite(size: WorkloadSize, now: Date): Promise<Row[]> {
  const installation = await installOnSqlite(herald, size, now);
  try {
    return await measureReadsOf(
      installation,
      size.label,
      ', on SQLite',
      THOROUGH,
    );
  } finally {
    await installation.remove();
  }
}
