import { isDeepStrictEqual } from 'node:util';
import { Call } from '../harness/portal';
import { Row, row } from '../harness/report';
import { inTurn } from '../harness/rounds';
import { latencyOf, rateOf } from '../harness/statistics';
import { Installation } from './installation';
import { EVERYONE, PEOPLE, SQUAD_MEMBERS, person, squad } from './organisation';
import { NotificationSystem } from './system';
import { COMMON_TERM, RARE_TERM } from './workload';

/** Both systems over the same messages. */
export type Pair = { herald: Installation; upstream: Installation };

/** How long to measure. */
export type Effort = {
  rounds: number;
  readsPerRound: number;
  /** Sends to the large group, a round: upstream takes seconds for one. */
  groupSends: { herald: number; upstream: number };
  concurrentSends: number;
};

type Read = {
  name: string;
  call(system: NotificationSystem): Call;
  /** What both systems must agree on before anything is measured. */
  answer(system: NotificationSystem, body: string): unknown;
  note?: string;
};

const titles: Read['answer'] = (system, body) => system.titles(body);

export const FIRST_PAGE = 'first page';
export const UNREAD_COUNT = 'unread count';

const READS: Read[] = [
  {
    name: FIRST_PAGE,
    call: system => system.firstPage(),
    answer: titles,
    note: 'upstream counts all messages with every page and cannot do without',
  },
  {
    name: 'first page and total',
    call: system => system.firstPageWithTotal(),
    answer: titles,
  },
  {
    name: UNREAD_COUNT,
    call: system => system.unreadCount(),
    answer: (system, body) => system.unread(body),
  },
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

async function ask({ portal, system }: Installation, read: Read) {
  return read.answer(system, await portal.call(read.call(system)));
}

/** @throws Error where the two do not answer alike: then they do not do the same work, and times say nothing */
async function checkAgreement(pair: Pair, read: Read): Promise<void> {
  const ours = await ask(pair.herald, read);
  const theirs = await ask(pair.upstream, read);
  if (!isDeepStrictEqual(ours, theirs)) {
    throw new Error(
      `${read.name}: Herald answers ${JSON.stringify(
        ours,
      )}, upstream ${JSON.stringify(theirs)}`,
    );
  }
}

function readLoad(installation: Installation, read: Read, requests: number) {
  const call = read.call(installation.system);
  return {
    work: async () => {
      await installation.portal.call(call);
    },
    warmUp: requests,
    requests,
  };
}

export async function measureReads(
  pair: Pair,
  size: string,
  { rounds, readsPerRound }: Effort,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const read of READS) {
    await checkAgreement(pair, read);
    const done = await inTurn(
      {
        herald: readLoad(pair.herald, read, readsPerRound),
        upstream: readLoad(pair.upstream, read, readsPerRound),
      },
      rounds,
    );
    rows.push(
      row({
        name: read.name,
        size,
        unit: 'ms',
        herald: latencyOf(done.herald),
        upstream: latencyOf(done.upstream),
        note: read.note,
      }),
    );
  }
  return rows;
}

/** The reads of one system by itself. */
export async function measureReadsOf(
  installation: Installation,
  size: string,
  suffix: string,
  { rounds, readsPerRound }: Effort,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const read of READS) {
    const { herald } = await inTurn(
      { herald: readLoad(installation, read, readsPerRound) },
      rounds,
    );
    const name = `${read.name}${suffix}`;
    rows.push(row({ name, size, unit: 'ms', herald: latencyOf(herald) }));
  }
  return rows;
}

function groupLoad(
  { portal, system }: Installation,
  group: string,
  requests: number,
  warmUp: number,
) {
  return {
    work: async (index: number) => {
      await portal.call(system.sendToGroup(group, index));
    },
    warmUp,
    requests,
  };
}

type Group = { ref: string; members: number };

const LARGE_GROUP: Group = { ref: EVERYONE, members: PEOPLE };
const SMALL_GROUP: Group = { ref: squad(1), members: SQUAD_MEMBERS };

/** To the answer, one send after the other. */
async function measureGroupSend(
  pair: Pair,
  size: string,
  group: Group,
  upstreamSettings: string,
  rounds: number,
  sends: { herald: number; upstream: number },
): Promise<Row> {
  const done = await inTurn(
    {
      herald: groupLoad(pair.herald, group.ref, sends.herald, 10),
      upstream: groupLoad(
        pair.upstream,
        group.ref,
        sends.upstream,
        // A large one warms up as it goes.
        group === LARGE_GROUP ? 0 : 10,
      ),
    },
    rounds,
  );
  return row({
    name: `send to a group of ${group.members.toLocaleString(
      'en',
    )}, upstream ${upstreamSettings}`,
    size,
    unit: 'ms',
    herald: latencyOf(done.herald),
    upstream: latencyOf(done.upstream),
  });
}

export async function measureGroupSends(
  pair: Pair,
  size: string,
  { rounds, groupSends }: Effort,
  upstreamSettings: string,
): Promise<Row[]> {
  const measure = (group: Group, sends: Effort['groupSends']) =>
    measureGroupSend(pair, size, group, upstreamSettings, rounds, sends);
  return [
    await measure(SMALL_GROUP, { ...groupSends, upstream: groupSends.herald }),
    await measure(LARGE_GROUP, groupSends),
  ];
}

const SENDERS = 16;

function senderLoad({ portal, system }: Installation, requests: number) {
  return {
    work: async (index: number) => {
      const userRef = person((index % PEOPLE) + 1);
      await portal.call(system.sendToUser(userRef, index));
    },
    warmUp: SENDERS * 10,
    requests,
    concurrency: SENDERS,
  };
}

/** Many senders at a time, each message to one user: how many a second, and what each waits. */
export async function measureSenders(
  pair: Pair,
  size: string,
  { rounds, concurrentSends }: Effort,
  upstreamSettings: string,
): Promise<Row[]> {
  const done = await inTurn(
    {
      herald: senderLoad(pair.herald, concurrentSends),
      upstream: senderLoad(pair.upstream, concurrentSends),
    },
    rounds,
  );
  const name = `sends by ${SENDERS} senders, upstream ${upstreamSettings}`;
  return [
    row({
      name: `${name}: rate`,
      size,
      unit: 'per second',
      herald: rateOf(done.herald),
      upstream: rateOf(done.upstream),
    }),
    row({
      name: `${name}: time`,
      size,
      unit: 'ms',
      herald: latencyOf(done.herald),
      upstream: latencyOf(done.upstream),
    }),
  ];
}
