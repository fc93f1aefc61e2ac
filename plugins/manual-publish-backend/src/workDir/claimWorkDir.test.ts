import { mockServices } from '@backstage/backend-test-utils';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OwnDirectory, claimWorkDir } from './claimWorkDir';

// A directory of a process that was killed is free after ten seconds.
jest.setTimeout(60_000);

describe('the directory for work', () => {
  let workDir: string;
  let claimed: OwnDirectory[];

  beforeEach(async () => {
    workDir = await mkdtemp(path.join(tmpdir(), 'herald-claim-'));
    claimed = [];
  });
  afterEach(async () => {
    await Promise.all(claimed.map(each => each.release()));
    await rm(workDir, { recursive: true, force: true });
  });

  const claim = async () => {
    const own = await claimWorkDir(workDir, {
      logger: mockServices.logger.mock(),
      onLost: error => {
        throw error;
      },
    });
    claimed.push(own);
    return own;
  };

  /** A process that claims it and says what it got. */
  const startOther = async () => {
    const child = fork(
      path.join(__dirname, '__testUtils__', 'claimMain.ts'),
      [workDir],
      {
        execArgv: [
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
      },
    );
    for (;;) {
      const [message] = await once(child, 'message');
      if (typeof message.claimed === 'string') {
        return { child, path: message.claimed as string };
      }
    }
  };

  it('is the configured one, again and again', async () => {
    const first = await claim();
    expect(first.path).toBe(workDir);
    await first.release();
    claimed.pop();
    expect((await claim()).path).toBe(workDir);
  });

  it('is a folder of its own where another process has the configured one', async () => {
    const other = await startOther();
    expect(other.path).toBe(workDir);
    const own = await claim();
    expect(own.path).toBe(path.join(workDir, 'process-2'));
    other.child.kill('SIGTERM');
    await once(other.child, 'exit');
  });

  it('is that of a process that was killed, with what is in it', async () => {
    const other = await startOther();
    await writeFile(path.join(other.path, 'mirror'), 'kept');
    other.child.kill('SIGKILL');
    await once(other.child, 'exit');
    expect(existsSync(path.join(workDir, 'in-use.lock'))).toBe(true);
    const own = await claim();
    expect(own.path).toBe(workDir);
    expect(existsSync(path.join(workDir, 'mirror'))).toBe(true);
  });

  it('is rid of folders that no process has had for a week, and of no others', async () => {
    const folder = async (number: number, usedAt: Date) => {
      const directory = path.join(workDir, `process-${number}`);
      await mkdir(directory);
      const used = path.join(directory, 'used-at');
      await writeFile(used, '');
      await utimes(used, usedAt, usedAt);
      return directory;
    };
    const old = new Date(Date.now() - 8 * 24 * 3_600_000);
    const unused = await folder(2, old);
    const recent = await folder(3, new Date());
    await writeFile(path.join(unused, 'mirror'), 'x');
    await claim();
    expect(existsSync(unused)).toBe(false);
    expect(existsSync(recent)).toBe(true);
  });
});
