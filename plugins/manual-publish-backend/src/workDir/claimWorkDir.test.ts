import { mockServices } from '@backstage/backend-test-utils';
import { ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { existsSync } from 'node:fs';
import fs, {
  chmod,
  mkdir,
  mkdtemp,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OtherHost } from './__testUtils__/OtherHost';
import { claimWorkDir } from './claimWorkDir';
import { OwnDirectory } from './OwnDirectory';

// A directory of a process that was killed is free after ten seconds.
jest.setTimeout(60_000);

const logger = mockServices.logger.mock();
const DAY_MS = 24 * 3_600_000;

describe('the directory for work', () => {
  let workDir: string;
  let claimed: OwnDirectory[];
  let children: ChildProcess[];

  beforeEach(async () => {
    workDir = await mkdtemp(path.join(tmpdir(), 'herald-claim-'));
    claimed = [];
    children = [];
  });
  afterEach(async () => {
    children.forEach(child => child.kill('SIGKILL'));
    await Promise.all(claimed.map(each => each.release()));
    await rm(workDir, { recursive: true, force: true });
  });

  const claim = async (directory = workDir) => {
    const own = await claimWorkDir(directory, { logger });
    claimed.push(own);
    return own;
  };

  /** Fails where the process ends before it says so. */
  const told = async (child: ChildProcess, key: 'claimed' | 'lost') => {
    const ended = new AbortController();
    child.once('exit', (code, signal) =>
      ended.abort(new Error(`It ended with ${code ?? signal}`)),
    );
    for await (const [message] of on(child, 'message', ended)) {
      if (key in message) return message[key];
    }
    throw new Error('It said nothing more');
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
    children.push(child);
    return { child, path: await told(child, 'claimed') };
  };

  const modeOf = async (directory: string) =>
    // eslint-disable-next-line no-bitwise
    (await stat(directory)).mode & 0o777;

  it('is the configured one, again and again', async () => {
    const first = await claim();
    expect(first.path).toBe(workDir);
    await first.release();
    expect((await claim()).path).toBe(workDir);
  });

  it('is a folder of its own where another process has the configured one', async () => {
    const other = await startOther();
    expect(other.path).toBe(workDir);
    const own = await claim();
    expect(own.path).toBe(path.join(workDir, 'process-2'));
    await own.demand();
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

  it('of a process that was stopped for long is lost for it, as it learns when it goes on', async () => {
    const other = await startOther();
    other.child.kill('SIGSTOP');
    const own = await claim();
    expect(own.path).toBe(workDir);
    const lost = told(other.child, 'lost');
    other.child.kill('SIGCONT');
    expect(await lost).toBe(true);
    await own.demand();
    expect(own.lost.aborted).toBe(false);
  });

  it('is lost at the first look, once another has taken it', async () => {
    const own = await claim();
    await own.demand();
    const other = new OtherHost(workDir);
    await other.take();
    await expect(own.demand()).rejects.toMatchObject({ name: 'WorkDirLost' });
    expect(own.lost.aborted).toBe(true);
    await own.release();
    expect(existsSync(path.join(workDir, 'in-use.lock'))).toBe(true);
    await other.die();
  });

  it('stays where the disk does not answer for a moment', async () => {
    const own = await claim();
    const failing = (method: 'stat' | 'readFile') =>
      jest
        .spyOn(fs, method)
        .mockRejectedValueOnce(
          Object.assign(new Error('I/O'), { code: 'EIO' }),
        );
    const spies = [failing('stat'), failing('readFile')];
    try {
      await expect(own.demand()).resolves.toBeUndefined();
      // Both have failed, and were asked again.
      for (const { mock } of spies) {
        expect(mock.calls.length).toBeGreaterThan(1);
      }
    } finally {
      spies.forEach(spy => spy.mockRestore());
    }
    expect(own.lost.aborted).toBe(false);
  });

  it('that was lost is renewed no more: whoever comes next has it', async () => {
    const own = await claim();
    await rm(path.join(workDir, 'in-use.by'));
    await expect(own.demand()).rejects.toMatchObject({ name: 'WorkDirLost' });
    const next = await claim();
    expect(next.path).toBe(workDir);
    await next.demand();
  });

  it.each([
    ['a minute behind', -60_000],
    ['a minute ahead', 60_000],
  ])(
    'is not taken from another machine whose clock is %s, and is once that stands still',
    async (_how, clockOffMs) => {
      const other = new OtherHost(workDir, clockOffMs);
      await other.take();
      const own = await claim();
      expect(own.path).toBe(path.join(workDir, 'process-2'));
      await own.release();
      const second = new OtherHost(own.path, clockOffMs);
      await second.take();
      await other.die();
      expect((await claim()).path).toBe(workDir);
      await second.die();
    },
  );

  describe('of others', () => {
    const folder = async (number: number, usedAt: Date) => {
      const directory = path.join(workDir, `process-${number}`);
      await mkdir(directory, { recursive: true });
      const used = path.join(directory, 'used-at');
      await writeFile(used, '');
      await writeFile(path.join(directory, 'mirror'), 'x');
      await utimes(used, usedAt, usedAt);
      return directory;
    };
    const LONG_AGO = new Date(Date.now() - 8 * DAY_MS);

    it('goes where no process has had it for a week, and no other', async () => {
      const unused = await folder(2, LONG_AGO);
      const recent = await folder(3, new Date());
      await claim();
      expect(existsSync(unused)).toBe(false);
      expect(existsSync(recent)).toBe(true);
    });

    it('stays where another machine has had it for a week, whatever its clock says, and goes a week after that died', async () => {
      const held = await folder(2, LONG_AGO);
      const other = new OtherHost(held, -3_600_000);
      await other.take();
      await other.die();
      await (await claim()).release();
      expect(existsSync(path.join(held, 'mirror'))).toBe(true);

      await utimes(path.join(held, 'in-use.lock'), LONG_AGO, LONG_AGO);
      await claim();
      expect(existsSync(held)).toBe(false);
    });

    it('is not taken by another while it goes, and stays where another takes it in the last moment', async () => {
      const directory = await folder(2, LONG_AGO);
      const take = () =>
        OwnDirectory.take(directory, { logger, isAbandoned: () => false });
      const whileItGoes: unknown[] = [];
      const inTheEnd: (OwnDirectory | undefined)[] = [];
      const { rm: realRm, rmdir: realRmdir } = fs;
      const rmOf = jest.spyOn(fs, 'rm').mockImplementation(async (...args) => {
        if (args[0] === path.join(directory, 'mirror')) {
          whileItGoes.push(await take());
        }
        await realRm(...args);
      });
      const rmdirOf = jest.spyOn(fs, 'rmdir').mockImplementation(async dir => {
        if (dir === directory) inTheEnd.push(await take());
        await realRmdir(dir);
      });
      try {
        await claim();
      } finally {
        rmOf.mockRestore();
        rmdirOf.mockRestore();
      }
      expect(whileItGoes).toEqual([undefined]);
      const [own] = inTheEnd;
      if (!own) throw new Error('Nobody could take it in the end');
      claimed.push(own);
      await expect(own.demand()).resolves.toBeUndefined();
    });
  });

  it('is for its owner alone', async () => {
    const directory = path.join(workDir, 'below', 'new');
    expect(await modeOf((await claim(directory)).path)).toBe(0o700);

    const configured = path.join(workDir, 'configured');
    await mkdir(configured);
    await chmod(configured, 0o750);
    await claim(configured);
    expect(await modeOf(configured)).toBe(0o750);
  });

  it('among temporary files is made private, where others could look into it', async () => {
    await chmod(workDir, 0o777);
    await claim();
    expect(await modeOf(workDir)).toBe(0o700);
  });

  it('among temporary files is taken where users have no ids, as on Windows', async () => {
    const { getuid } = process;
    process.getuid = undefined;
    try {
      expect((await claim()).path).toBe(workDir);
    } finally {
      process.getuid = getuid;
    }
  });

  it('among temporary files is refused where somebody else has made it', async () => {
    const uid = jest.spyOn(process, 'getuid');
    uid.mockReturnValue(4711);
    await expect(claim()).rejects.toThrow('manualPublish.workDir');
    uid.mockRestore();
  });
});
