import { blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import promises from 'node:fs/promises';
import { gitWrapper } from './__testUtils__/gitWrapper';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
} from './__testUtils__/smallManuals';

const databases = testEngines();
const FULL = 'echo "fatal: write error: No space left on device" >&2; exit 128';

// The disk that is full is that of the working directory, and has nothing to do with the database.
describe('a disk that is full', () => {
  let git: Awaited<ReturnType<typeof gitWrapper>>;
  let manuals: SmallManuals;

  beforeAll(async () => {
    git = await gitWrapper();
    manuals = await startSmallManuals(databases, 'SQLITE_3');
  });
  afterAll(async () => {
    await manuals.stop();
    await git.remove();
  });
  afterEach(async () => {
    await git.mend();
    jest.restoreAllMocks();
  });

  it.each(['fetch', 'worktree add', 'add', 'commit', 'push'])(
    'is GIT_OPERATION_FAILED where git finds it in %s, and a retry succeeds',
    async command => {
      const manual = manuals.manual();
      const head = await manuals.repository.head();
      await git.on(command, FULL);
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'FAILED',
        failure: {
          reason: 'GIT_OPERATION_FAILED',
          detail: expect.stringMatching(
            /no space left below manualPublish\.workDir/,
          ),
        },
      });
      await expectNoTrace(manuals, job, head);
      await git.mend();
      expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
    },
  );

  // A real full disk would take a file system of its own, which takes privileges.
  const full = Object.assign(new Error('ENOSPC: no space left on device'), {
    code: 'ENOSPC',
    syscall: 'write',
  });

  it('is GIT_OPERATION_FAILED where a page is written, and a retry succeeds', async () => {
    const manual = manuals.manual();
    const head = await manuals.repository.head();
    const { open } = promises;
    jest.spyOn(promises, 'open').mockImplementation((file, ...rest) => {
      if (String(file).endsWith('install.mdx')) throw full;
      return open(file, ...rest);
    });
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({
      status: 'FAILED',
      failure: {
        reason: 'GIT_OPERATION_FAILED',
        detail: expect.stringMatching(
          /install\.mdx: no space left below manualPublish\.workDir/,
        ),
      },
    });
    await expectNoTrace(manuals, job, head);
    jest.restoreAllMocks();
    expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
  });

  it('is EXPORT_FAILED where a medium is kept, and a retry succeeds', async () => {
    const manual = manuals.manual(blocks.image('console.png'));
    const head = await manuals.repository.head();
    jest.spyOn(promises, 'writeFile').mockRejectedValueOnce(full);
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({
      status: 'FAILED',
      failure: {
        reason: 'EXPORT_FAILED',
        detail: 'On the server, no space is left on the disk of the server',
      },
    });
    await expectNoTrace(manuals, job, head);
    expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
  });
});
