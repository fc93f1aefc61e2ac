import { setTimeout as delay } from 'node:timers/promises';
import { say, timed } from '../harness/progress';
import { Row, row } from '../harness/report';
import { Round, latencyOf, valuesOf } from '../harness/statistics';
import { Effort } from './effort';
import { Installation } from './installation';
import { ListeningCrowd, openCrowd, streamsPossible } from './openCrowd';
import { Pair } from './sides';
import { sentTitle } from './system';

type Deliveries = { rounds: Round[]; queries: number[] };
type Outcome = Deliveries | { failure: string };

/** One message to everybody, while many listen: until the content is with each of them, and what the database is asked meanwhile. */
export async function measureStreams(
  pair: Pair,
  size: string,
  { streams, messagesToStreams, settleMs }: Effort,
): Promise<Row[]> {
  const herald = await openCrowd(pair.herald.portal, 'herald');
  const upstream = await openCrowd(pair.upstream.portal, 'upstream');
  const rows: Row[] = [];
  try {
    for (const wanted of [1, ...streams]) {
      const count = streamsPossible(wanted);
      rows.push(
        ...rowsOf(
          count,
          size,
          await deliver(
            pair.herald,
            herald,
            count,
            messagesToStreams.herald,
            settleMs,
          ),
          await deliver(
            pair.upstream,
            upstream,
            count,
            messagesToStreams.upstream,
            settleMs,
          ),
        ),
      );
      say(`messages to ${count} streams measured`);
    }
  } finally {
    await herald.leave();
    await upstream.leave();
  }
  return rows;
}

async function deliver(
  { portal, system }: Installation,
  crowd: ListeningCrowd,
  streams: number,
  messages: number,
  settleMs: number,
): Promise<Outcome> {
  const queries = async () =>
    Number(await portal.ask({ how: 'database queries' }));
  try {
    await timed(`${streams} streams opened to ${system.name}`, () =>
      crowd.open(streams),
    );
    // What opening left to do is done by then.
    await delay(settleMs);
    const done: Deliveries = { rounds: [], queries: [] };
    for (let message = 0; message < messages; message++) {
      const index = streams * 100 + message;
      const before = await queries();
      const start = performance.now();
      const times = await crowd.send(
        system.sendToAll(index),
        `"${sentTitle(index)}"`,
      );
      done.rounds.push({
        latencies: times,
        elapsed: performance.now() - start,
      });
      done.queries.push((await queries()) - before);
    }
    return done;
  } catch (error) {
    return {
      failure: String(error instanceof Error ? error.message : error)
        .split('\n')[0]
        .slice(0, 200),
    };
  }
}

function rowsOf(
  streams: number,
  size: string,
  herald: Outcome,
  upstream: Outcome,
): Row[] {
  if ('failure' in herald) {
    throw new Error(`Herald, ${streams} streams: ${herald.failure}`);
  }
  const failed =
    'failure' in upstream ? `; upstream failed: ${upstream.failure}` : '';
  const name = `system message, ${streams.toLocaleString('en')} open stream${
    streams === 1 ? '' : 's'
  }`;
  return [
    row({
      name: `${name}: until the content is there`,
      size,
      unit: 'ms',
      herald: latencyOf(herald.rounds),
      upstream: 'failure' in upstream ? undefined : latencyOf(upstream.rounds),
      note: `upstream: a signal over a websocket, and then its list, which its page asks for beside counts and topics that are not on the clock${failed}`,
    }),
    row({
      name: `${name}: database queries meanwhile`,
      size,
      unit: 'queries',
      herald: valuesOf(herald.queries),
      upstream: 'failure' in upstream ? undefined : valuesOf(upstream.queries),
      note: 'all that the server asks from the request until the last stream has it: sending, delivering, and whatever else falls into that time',
    }),
  ];
}
