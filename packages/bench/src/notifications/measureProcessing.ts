import { setTimeout as delay } from 'node:timers/promises';
import { Row, row } from '../harness/report';
import { Effort } from './effort';
import { Installation, UPSTREAM_UNTHROTTLED } from './installation';
import { GROUPS, Group } from './organisation';
import { reach } from './measureSends';
import { Pair, Sides, each, latencies, measureSides } from './sides';

const POLL_MS = 20;
const PATIENCE_MS = 300_000;

/**
 * Sends to a group with a processor registered that takes no time: until the answer, until its last member can read it, and until the
 * processor was called for every member. One send is over before the next.
 */
export async function measureProcessing(
  pair: Pair,
  size: string,
  effort: Effort,
): Promise<Row[]> {
  await Promise.all([
    pair.herald.restart({}, { hasProcessor: true }),
    pair.upstream.restart(UPSTREAM_UNTHROTTLED, { hasProcessor: true }),
  ]);
  const group = GROUPS.find(
    ({ members }) => members === effort.processedMembers,
  );
  if (!group) {
    throw new Error(`No group has ${effort.processedMembers} members`);
  }
  for (const installation of each(pair)) {
    // Both have just been started.
    for (let index = 0; index < effort.sendsToOne; index++) {
      await sendAndProcess(installation, GROUPS[0], index);
    }
  }
  const toOne = await measureSides(pair as Sides, effort.rounds, side => ({
    work: async index => {
      await side.portal.call(side.system.sendToGroup(GROUPS[0].ref, index));
    },
    warmUp: 10,
    requests: effort.groupSends.herald,
  }));
  const name = `send to a group of ${group.members.toLocaleString(
    'en',
  )} members, a processor registered`;
  const processed = new Map(each(pair).map(one => [one, [] as number[]]));
  const done = await measureSides(pair as Sides, 1, installation => ({
    work: async index => {
      const times = await sendAndProcess(installation, group, index);
      processed.get(installation)?.push(times.processed);
      return times.answered;
    },
    warmUp: 1,
    requests: effort.processedSends,
  }));
  const reached = await measureSides(pair as Sides, 1, installation => ({
    work: index => reach(installation, group, index),
    warmUp: 0,
    requests: effort.processedSends,
  }));
  const lateRounds = (installation: Installation) => {
    // Without the one that warmed up.
    const times = (processed.get(installation) ?? []).slice(1);
    return [{ latencies: times, elapsed: 0 }];
  };
  return [
    row({
      name: 'send to a group of 1 member, a processor registered',
      size,
      unit: 'ms',
      ...latencies(toOne),
      note: 'one send right after the other, as those without a processor are measured; the larger group is sent to seconds apart',
    }),
    row({ name, size, unit: 'ms', ...latencies(done) }),
    row({
      name: `${name}: until the last can read it`,
      size,
      unit: 'ms',
      ...latencies(reached),
    }),
    row({
      name: `${name}: until it was called for all`,
      size,
      unit: 'ms',
      ...latencies({
        herald: lateRounds(pair.herald),
        upstream: lateRounds(pair.upstream),
      }),
      note: 'Herald writes down each call as durable work and survives a crash with it; upstream calls within the request, and what was under way is lost with the process',
    }),
  ];
}

async function sendAndProcess(
  { portal, system }: Installation,
  group: Group,
  index: number,
): Promise<{ answered: number; processed: number }> {
  const count = async () => Number(await portal.ask({ how: 'processed' }));
  const all = (await count()) + group.members;
  const start = performance.now();
  await portal.call(system.sendToGroup(group.ref, index));
  const answered = performance.now() - start;
  while ((await count()) < all) {
    if (performance.now() - start > PATIENCE_MS) {
      throw new Error(
        `${
          system.name
        }: the processor was called ${await count()} times, not ${all}`,
      );
    }
    await delay(POLL_MS);
  }
  return { answered, processed: performance.now() - start };
}
