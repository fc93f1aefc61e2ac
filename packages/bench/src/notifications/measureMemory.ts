import { setTimeout as delay } from 'node:timers/promises';
import { Portal, startPortal } from '../harness/portal';
import { Row, row } from '../harness/report';
import { valuesOf } from '../harness/statistics';
import { Effort } from './effort';
import { HOST, Installation } from './installation';
import { openCrowd, streamsPossible } from './openCrowd';
import { HostSettings } from './system';

/** Opened and closed before weighing, so that what the first streams bring along for good is not counted. Few: they leave room for others. */
const WARM_UP = 20;

/** How much memory a server that has been collected holds for a stream that is open and quiet, beside a bare response of its host. */
export async function measureMemory(
  installation: Installation,
  size: string,
  { idleStreams, weighings, settleMs }: Effort,
): Promise<Row[]> {
  const streams = streamsPossible(idleStreams);
  const herald: number[] = [];
  const bare: number[] = [];
  for (let weighing = 0; weighing < weighings; weighing++) {
    bare.push(await weigh(startBare, 'bare', streams, settleMs));
    herald.push(
      await weigh(
        () => installation.startReplica({ hasRealServer: true }),
        'herald',
        streams,
        settleMs,
      ),
    );
  }
  return [
    row({
      name: `memory per open stream, of ${streams.toLocaleString('en')}`,
      size,
      unit: 'KiB',
      herald: valuesOf(herald),
      upstream: valuesOf(bare),
      note: "resident memory after garbage collection, less that without streams; “upstream” is here a bare handler on the host's own HTTP server with all its middleware, which writes headers and an event and keeps the response open",
    }),
  ];
}

function startBare(): Promise<Portal> {
  return startPortal(HOST, {
    system: 'bare',
    hasRealServer: true,
    config: {
      app: { baseUrl: 'http://localhost:3000' },
      backend: {
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
    },
  });
}

/** @returns KiB a stream */
async function weigh(
  start: () => Promise<Portal>,
  system: HostSettings['system'],
  streams: number,
  settleMs: number,
): Promise<number> {
  const portal = await start();
  const memory = async () => {
    await delay(settleMs);
    return Number(await portal.ask({ how: 'bytes of memory' }));
  };
  try {
    const early = await openCrowd(portal, system);
    await early.open(Math.min(WARM_UP, streams));
    await early.leave();
    const before = await memory();
    const crowd = await openCrowd(portal, system);
    await crowd.open(streams);
    const after = await memory();
    await crowd.leave();
    return (after - before) / streams / 1024;
  } finally {
    await portal.stop();
  }
}
