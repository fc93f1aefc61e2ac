import { Call } from '../harness/portal';
import { Row, row } from '../harness/report';
import { latencyOf } from '../harness/statistics';
import { Effort } from './effort';
import { Installation } from './installation';
import { person } from './organisation';
import {
  Sides,
  checkAgreement,
  each,
  latencies,
  measureSides,
  tidy,
} from './sides';
import { Mute, NotificationSystem } from './system';
import { COMMON_TERM, RARE_TERM } from './workload';

type Read = {
  name: string;
  call(system: NotificationSystem): Call;
  /** What both systems must agree on before anything is measured. */
  answer(system: NotificationSystem, body: string): unknown;
  note?: string;
  /** Made before each time, off the clock. */
  before?(system: NotificationSystem, id: string, isRead: boolean): Call;
};

const titles: Read['answer'] = (system, body) => system.titles(body);

const FIRST_PAGE: Read = {
  name: 'first page',
  call: system => system.firstPage(),
  answer: titles,
  note: 'upstream counts all messages with every page and cannot do without',
};
const UNREAD_COUNT: Read = {
  name: 'unread count',
  call: system => system.unreadCount(),
  answer: (system, body) => system.unread(body),
  note: 'Herald has turned the marks of what was read one by one into a floor, as it does at every visit; see the first request of a visit',
};
const COUNT_AFTER_MARK: Read = {
  ...UNREAD_COUNT,
  name: 'unread count, when one was marked just before',
  before: (system, id, isRead) => system.mark(id, isRead),
  note: 'the marks are counted anew; else Herald remembers what it has counted of them, and asks whether it still holds',
};
const READS: Read[] = [
  FIRST_PAGE,
  {
    name: 'first page and total',
    call: system => system.firstPageWithTotal(),
    answer: titles,
  },
  UNREAD_COUNT,
  COUNT_AFTER_MARK,
  {
    name: `search, common (“${COMMON_TERM}”)`,
    call: system => system.search(COMMON_TERM),
    answer: titles,
  },
  {
    name: `search, rare (“${RARE_TERM}”)`,
    call: system => system.search(RARE_TERM),
    answer: titles,
  },
];

/** As many as a process takes until it is as fast as it gets. */
const WARM_UP_ROUNDS = 5;

/** Origins and topics that the workload does not use together, so that both systems still answer the same. */
const MUTES: Mute[] = [
  { origin: 'marketing' },
  { origin: 'ci', topic: 'beta' },
  { origin: 'catalog', topic: 'digest' },
];
const MUTED = ', 3 mutes';
const MUTED_READS = [FIRST_PAGE, UNREAD_COUNT].map(
  (read): Read => ({
    ...read,
    name: `${read.name}${MUTED}`,
    note: 'muted is what the reader has none of. Herald weighs the mutes when reading, so that they can be taken back; upstream when sending, so that its reads are those without',
  }),
);

/** What should not take longer where there are more messages. */
export const GROWING = [FIRST_PAGE, UNREAD_COUNT, ...MUTED_READS].map(
  ({ name }) => name,
);

/** The reads, with and without mutes; first the beginning of the reader's visit. */
export async function measureReads(
  sides: Sides,
  size: string,
  suffix: string,
  effort: Effort,
): Promise<Row[]> {
  const measure = async (reads: readonly Read[]) => {
    const rows: Row[] = [];
    for (const read of reads) {
      rows.push(await measureRead(sides, size, suffix, read, effort));
    }
    return rows;
  };
  const rows = await measureVisit(sides, size, suffix, effort);
  rows.push(...(await measure(READS)));
  await setMutes(sides, true);
  rows.push(...(await measure(MUTED_READS)));
  await setMutes(sides, false);
  return rows;
}

async function measureRead(
  sides: Sides,
  size: string,
  suffix: string,
  read: Read,
  { rounds, readsPerRound }: Effort,
): Promise<Row> {
  await checkAgreement(sides, read.name, async ({ portal, system }) =>
    read.answer(system, await portal.call(read.call(system))),
  );
  const done = await measureSides(sides, rounds, ({ portal, system }) => {
    const call = read.call(system);
    const prepare = preparation(read, { portal, system });
    return {
      work: async index => {
        await prepare?.(index);
        const start = performance.now();
        await portal.call(call);
        return performance.now() - start;
      },
      warmUp: readsPerRound * WARM_UP_ROUNDS,
      requests: readsPerRound,
    };
  });
  const { name, note } = read;
  return row({
    name: `${name}${suffix}`,
    size,
    unit: 'ms',
    ...latencies(done),
    note,
  });
}

/** Marks one message as read and unread in turn. */
function preparation(
  { before }: Read,
  { portal, system }: Pick<Installation, 'portal' | 'system'>,
): ((index: number) => Promise<void>) | undefined {
  if (!before) {
    return undefined;
  }
  let id: string | undefined;
  return async index => {
    id ??= system.ids(await portal.call(system.firstPage()))[0];
    await portal.call(before(system, id, index % 2 === 0));
  };
}

/** The count before the visit, over a mark for every message that was read; the request that begins it; and then all is tidied. */
async function measureVisit(
  sides: Sides,
  size: string,
  suffix: string,
  effort: Effort,
): Promise<Row[]> {
  const before: Read = {
    ...UNREAD_COUNT,
    name: 'unread count, all read one by one since the last visit',
    note: 'a mark for each message that was read, none of them turned into a floor yet',
  };
  const rows = [await measureRead(sides, size, suffix, before, effort)];
  for (const { system, withDatabase } of each(sides)) {
    await withDatabase(db => system.endVisit(db));
  }
  // The process remembers that the reader was here a moment ago.
  await sides.herald.restart({});
  await warmUp(sides.herald, effort.readsPerRound * WARM_UP_ROUNDS);
  rows.push(
    row({
      name: `first request of a visit${suffix}`,
      size,
      unit: 'ms',
      herald: latencyOf([await once(sides.herald)]),
      note: 'the first after ten minutes; where it finds 500 marks or more it turns them into a floor. Measured once; upstream knows no such thing',
    }),
  );
  await tidy(sides);
  return rows;
}

/** Others ask, so that what is measured next is not the start of a process. */
async function warmUp(
  { portal, system }: Installation,
  requests: number,
): Promise<void> {
  for (let request = 0; request < requests; request++) {
    await portal.call(system.unreadCount(person(request + 1)));
  }
}

async function once({ portal, system }: Installation) {
  const start = performance.now();
  await portal.call(system.unreadCount());
  const elapsed = performance.now() - start;
  return { latencies: [elapsed], elapsed };
}

async function setMutes(sides: Sides, isMuted: boolean): Promise<void> {
  for (const { portal, system } of each(sides)) {
    await portal.call(system.mute(MUTES, isMuted));
  }
}
