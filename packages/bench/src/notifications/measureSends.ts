import { setTimeout as delay } from 'node:timers/promises';
import { CALL_TIMEOUT_S } from '../harness/portal';
import { Row, row } from '../harness/report';
import { Load } from '../harness/rounds';
import { latencyOf, rateOf } from '../harness/statistics';
import { Effort } from './effort';
import { EMPTY_ROUTE_PATH } from './emptyRoute';
import { Installation } from './installation';
import { GROUPS, Group, PEOPLE, person } from './organisation';
import { Sides, latencies, measureSides } from './sides';

const SENDERS = 16;
/** Where upstream takes so long for each send that it warms up as it goes. */
const LARGE = 1_000;
/** One send of upstream to so many is enough for a row. */
const HUGE = 10_000;
const POLL_MS = 5;

/** Sends to groups of all sizes, and by many senders at a time. */
export async function measureSends(
  sides: Sides,
  size: string,
  suffix: string,
  effort: Effort,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const group of GROUPS) {
    rows.push(await measureAnswer(sides, size, suffix, group, effort));
  }
  for (const group of GROUPS.slice(0, effort.groupsReached)) {
    rows.push(await measureReach(sides, size, suffix, group, effort));
  }
  return [...rows, ...(await measureSenders(sides, size, suffix, effort))];
}

const membersOf = ({ members }: Group) =>
  `${members.toLocaleString('en')} member${members === 1 ? '' : 's'}`;

/** To the answer, one send after the other. */
async function measureAnswer(
  sides: Sides,
  size: string,
  suffix: string,
  group: Group,
  effort: Effort,
): Promise<Row> {
  const fields = {
    name: `send to a group of ${membersOf(group)}${suffix}`,
    size,
    unit: 'ms',
  } as const;
  return measureGroup(sides, fields, group, effort, ({ portal, system }) => ({
    work: async index => {
      await portal.call(system.sendToGroup(group.ref, index));
    },
    warmUp: 10,
    requests: effort.groupSends.herald,
  }));
}

/** From the request until its last member counts the message. */
async function measureReach(
  sides: Sides,
  size: string,
  suffix: string,
  group: Group,
  effort: Effort,
): Promise<Row> {
  const fields = {
    name: `send to a group of ${membersOf(
      group,
    )}, until the last can read it${suffix}`,
    size,
    unit: 'ms',
  } as const;
  return measureGroup(sides, fields, group, effort, installation => ({
    work: index => reach(installation, group, index),
    warmUp: 1,
    requests: Math.ceil(effort.groupSends.herald / 4),
  }));
}

/** Upstream is asked less often the larger the group is. */
async function measureGroup(
  sides: Sides,
  fields: Pick<Row, 'name' | 'size' | 'unit'>,
  group: Group,
  effort: Effort,
  load: (installation: Installation) => Load,
): Promise<Row> {
  const { rounds, groupSends, upstreamGroupLimit } = effort;
  const { herald, upstream } = sides;
  if (!upstream || group.members < LARGE) {
    return row({
      ...fields,
      ...latencies(await measureSides(sides, rounds, load)),
    });
  }
  if (group.members > upstreamGroupLimit) {
    const alone = await measureSides({ herald }, rounds, load);
    return row({
      ...fields,
      herald: latencyOf(alone.herald),
      note: 'upstream takes too long for this one to be asked here',
    });
  }
  if (group.members < HUGE) {
    const done = await measureSides(sides, rounds, installation =>
      installation === upstream
        ? { ...load(upstream), warmUp: 0, requests: groupSends.upstream }
        : load(herald),
    );
    return row({ ...fields, ...latencies(done) });
  }
  const alone = await measureSides({ herald }, rounds, load);
  return row({
    ...fields,
    herald: latencyOf(alone.herald),
    ...(await tryOnce(load(upstream))),
  });
}

async function tryOnce({
  work,
}: Load): Promise<Pick<Row, 'upstream' | 'note'>> {
  const start = performance.now();
  try {
    const own = await work(0);
    const elapsed = own ?? performance.now() - start;
    return {
      upstream: latencyOf([{ latencies: [elapsed], elapsed }]),
      note: `upstream once, unless it takes more than ${CALL_TIMEOUT_S} s`,
    };
  } catch (error) {
    const after = ((performance.now() - start) / 1000).toFixed(0);
    const reason = String(error instanceof Error ? error.message : error);
    return { note: `upstream failed after ${after} s: ${reason}` };
  }
}

/** @returns how long it took until the last member could read it */
export async function reach(
  { portal, system }: Installation,
  group: Group,
  index: number,
): Promise<number> {
  const count = async () =>
    system.unread(await portal.call(system.unreadCount(group.last)));
  const before = await count();
  const start = performance.now();
  const failures: unknown[] = [];
  const sending = portal
    .call(system.sendToGroup(group.ref, index))
    .catch(error => failures.push(error));
  while ((await count()) <= before) {
    if (failures.length > 0) {
      throw failures[0];
    }
    await delay(POLL_MS);
  }
  const reached = performance.now() - start;
  await sending;
  return reached;
}

/** Many senders at a time, each message to one user: how many a second, and what each waits; beside what their host can answer at all. */
async function measureSenders(
  sides: Sides,
  size: string,
  suffix: string,
  { rounds, concurrentSends }: Effort,
): Promise<Row[]> {
  const measure = (path?: string) =>
    measureSides(sides, rounds, ({ portal, system }) => ({
      work: async index => {
        const userRef = person((index % PEOPLE) + 1);
        const call = system.sendToUser(userRef, index);
        await portal.call({ ...call, path: path ?? call.path });
      },
      warmUp: concurrentSends,
      requests: concurrentSends,
      concurrency: SENDERS,
    }));
  const done = await measure();
  const empty = await measure(EMPTY_ROUTE_PATH);
  const name = `sends by ${SENDERS} senders${suffix}`;
  const rate = ({ herald, upstream }: typeof done) => ({
    herald: rateOf(herald),
    upstream: upstream && rateOf(upstream),
  });
  return [
    row({ name: `${name}: rate`, size, unit: 'per second', ...rate(done) }),
    row({ name: `${name}: time`, size, unit: 'ms', ...latencies(done) }),
    row({
      name: `${name}: rate of an empty route`,
      size,
      unit: 'per second',
      ...rate(empty),
      note: 'the same requests, in the same two processes, to a route that proves who calls, reads its JSON and stores nothing: what the host and the client leave to a plugin',
    }),
  ];
}
