import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { execFileSync } from 'node:child_process';
import { Call, Portal } from '../harness/portal';
import { Worker, startWorker } from '../harness/worker';
import { PEOPLE, person } from './organisation';
import { HostSettings } from './system';

const CROWD = resolvePackagePath('@herald/bench', 'src/notifications/crowd.ts');
/** What a process has open besides. */
const OTHER_FILES = 600;

/** People who listen to a portal, in a process of their own. */
export type ListeningCrowd = {
  /** Opens streams until there are so many. */
  open(size: number): Promise<void>;
  /** @returns how long it took until each of them had it; milliseconds */
  send(call: Call, marker: string): Promise<number[]>;
  leave(): Promise<void>;
};

export async function openCrowd(
  portal: Portal,
  system: HostSettings['system'],
): Promise<ListeningCrowd> {
  const worker: Worker = await startWorker(CROWD, {
    system,
    port: portal.port,
    people: Array.from({ length: PEOPLE }, (_, index) =>
      mockCredentials.user.header(person(index + 1)),
    ),
  });
  return {
    async open(size) {
      await worker.ask({ open: size });
    },
    async send(call, marker) {
      return (await worker.ask({ send: call, marker })) as number[];
    },
    leave: () => worker.stop(),
  };
}

/** As many streams as the operating system lets one process have open; Node has raised its own limit to that. */
export function streamsPossible(wanted: number): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' });
  const files = Number(limit.trim());
  return Number.isFinite(files)
    ? Math.min(wanted, files - OTHER_FILES)
    : wanted;
}
