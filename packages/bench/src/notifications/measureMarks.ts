import { Row, row } from '../harness/report';
import { Effort } from './effort';
import { Installation } from './installation';
import { Sides, each, latencies, measureSides, tidy } from './sides';

/** Reads all that is unread; before each time it is made unread again, off the clock. */
export async function measureMarkAll(
  sides: Sides,
  size: string,
  suffix: string,
  { rounds, marksPerRound }: Effort,
): Promise<Row[]> {
  for (const { system, withDatabase } of each(sides)) {
    await withDatabase(db => system.noteReadState(db));
  }
  const unread = await countUnread(sides.herald);
  const done = await measureSides(sides, rounds, installation => ({
    work: () => markAll(installation, unread),
    warmUp: 1,
    requests: marksPerRound,
  }));
  await tidy(sides);
  return [
    row({
      name: `mark all ${unread.toLocaleString('en')} unread as read${suffix}`,
      size,
      unit: 'ms',
      ...latencies(done),
      note: 'upstream as its page does it: a request for all that is unread, another with the ids of it (2,600 or so are the most that fit its 100 KB)',
    }),
  ];
}

/** @returns how long it took, and leaves all unread as it was */
async function markAll(
  installation: Installation,
  unread: number,
): Promise<number> {
  const { portal, system, withDatabase } = installation;
  const start = performance.now();
  await system.markAllRead(portal);
  const elapsed = performance.now() - start;
  await expectUnread(installation, 0);
  await withDatabase(db => system.restoreReadState(db));
  await expectUnread(installation, unread);
  return elapsed;
}

async function expectUnread(
  installation: Installation,
  expected: number,
): Promise<void> {
  const unread = await countUnread(installation);
  if (unread !== expected) {
    throw new Error(
      `${installation.system.name}: ${unread} unread, not ${expected}`,
    );
  }
}

async function countUnread({ portal, system }: Installation): Promise<number> {
  return system.unread(await portal.call(system.unreadCount()));
}
