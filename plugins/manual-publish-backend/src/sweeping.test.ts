import { testEngines } from '@herald/test-utils';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
const ENGINE = 'SQLITE_3';

describe('what is left on the disk at the start', () => {
  let sandbox: SmallManuals['sandbox'];
  let workDir: string;
  let worktrees: string;
  let stopSandbox: () => Promise<void>;

  const start = () =>
    startSmallManuals(databases, ENGINE, { sandbox, workDir });

  beforeEach(async () => {
    workDir = await mkdtemp(path.join(tmpdir(), 'herald-sweep-'));
    const owner = await startSmallManuals(databases, ENGINE);
    sandbox = owner.sandbox;
    stopSandbox = owner.stop;
    const portal = await start();
    await portal.publish(portal.manual().order);
    await portal.stop();
    const git = path.join(workDir, 'git');
    const [home = ''] = await readdir(git);
    worktrees = path.join(git, home, 'worktrees');
  });
  afterEach(async () => {
    await stopSandbox();
    await rm(workDir, { recursive: true, force: true });
  });

  it('is removed where it is of jobs that have ended', async () => {
    const abandoned = path.join(worktrees, 'job-of-before');
    await mkdir(abandoned, { recursive: true });
    const portal = await start();
    expect(existsSync(abandoned)).toBe(false);
    await portal.stop();
  });

  it('and cannot be removed keeps no job from its end', async () => {
    // Where worktrees are looked for is no folder.
    await rm(worktrees, { recursive: true, force: true });
    await writeFile(worktrees, '');
    const portal = await start();
    const manual = portal.manual();
    const job = await portal.publish(manual.order);
    expect(job).toMatchObject({
      status: 'FAILED',
      failure: { reason: 'GIT_OPERATION_FAILED' },
    });
    await rm(worktrees);
    expect(await portal.retry(job)).toMatchObject({ status: 'COMPLETED' });
    await portal.stop();
  });
});
