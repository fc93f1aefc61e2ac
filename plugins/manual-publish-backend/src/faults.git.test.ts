import { Fault } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { collectedLog } from './__testUtils__/collectedLog';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
} from './__testUtils__/smallManuals';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'a remote that fails, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterAll(() => manuals.stop());
    afterEach(() => manuals.mend());

    const commitsAfter = async (head: string | undefined) => {
      const log = await manuals.repository.log();
      return log.slice(
        0,
        log.findIndex(({ id }) => id === head),
      );
    };

    it.each(['refs', 'pack'] as const)(
      'one that moved on before the push (%s) gets the commits after those of others',
      async stage => {
        const { repository } = manuals;
        const manual = manuals.manual();
        const head = await repository.head();
        manuals.sandbox.git.beforeNextPush(
          () => repository.commit({ [`${stage}.md`]: engine }, 'Meanwhile'),
          stage,
        );
        const job = await manuals.publish(manual.order);
        expect(job).toMatchObject({ status: 'COMPLETED', warning_count: 0 });
        const messages = (await commitsAfter(head)).map(
          ({ message }) => message.split('\n', 1)[0],
        );
        expect(messages).toEqual([
          expect.stringContaining('translate'),
          expect.stringContaining('publish'),
          'Meanwhile',
        ]);
        expect(await repository.read(`${stage}.md`)).toBe(engine);
        expect(await manuals.leftOvers(job)).toEqual([]);
      },
    );

    it('of a page that others changed meanwhile the export wins, and says so', async () => {
      const { repository } = manuals;
      const manual = manuals.manual();
      const file = `${manual.folder}/install.mdx`;
      const own = `${manual.folder}/people.md`;
      manuals.sandbox.git.beforeNextPush(() =>
        repository.commit({ [file]: 'Theirs', [own]: 'Theirs' }, 'Meanwhile'),
      );
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'COMPLETED',
        warnings: [
          {
            code: 'file-overridden',
            message: expect.stringContaining(file),
          },
        ],
      });
      expect(await repository.read(file)).toContain('Before you begin');
      expect(await repository.read(own)).toBe('Theirs');
    });

    it('a hook that refuses is GIT_OPERATION_FAILED with its words, and a retry succeeds', async () => {
      const manual = manuals.manual();
      const head = await manuals.repository.head();
      const accept = manuals.sandbox.git.rejectPushes(
        'Commits need a ticket number',
      );
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'FAILED',
        failure: {
          reason: 'GIT_OPERATION_FAILED',
          detail: expect.stringContaining('Commits need a ticket number'),
        },
      });
      await expectNoTrace(manuals, job, head);
      accept();
      expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
      expect(await commitsAfter(head)).toHaveLength(2);
    });

    it.each([
      ['hangs up', { cut: 'before' }],
      ['answers 503', { status: 503 }],
      ['is gone', { status: 404 }],
      ['forbids pushes', { path: 'git-receive-pack', status: 403 }],
    ] satisfies [string, Fault][])(
      'one that %s is REPO_ACCESS, and a retry succeeds',
      async (_name, fault) => {
        const manual = manuals.manual();
        const head = await manuals.repository.head();
        manuals.sandbox.git.faults.add(fault);
        const job = await manuals.publish(manual.order);
        expect(job).toMatchObject({
          status: 'FAILED',
          failure: {
            reason: 'REPO_ACCESS',
            detail: expect.stringContaining(manuals.repository.url),
          },
        });
        await expectNoTrace(manuals, job, head);
        manuals.mend();
        expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
        expect(await commitsAfter(head)).toHaveLength(2);
      },
    );

    it('a push whose answer is lost is not made twice', async () => {
      const manual = manuals.manual();
      const head = await manuals.repository.head();
      manuals.sandbox.git.faults.add({
        path: /git-receive-pack$/,
        method: 'POST',
        times: 1,
        cut: 'midway',
      });
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      const commits = await commitsAfter(head);
      expect(commits.map(({ id }) => id).sort()).toEqual(
        job.commits.map(({ sha }) => sha).sort(),
      );
      expect(commits).toHaveLength(2);
    });
  },
);

// What git says has nothing to do with the database.
describe('credentials of the repository', () => {
  it('a token that is not taken is REPO_ACCESS, and is in no answer, log or file', async () => {
    const token = 'ghp_thisTokenIsWrong0123456789';
    const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
    const log = collectedLog();
    const manuals = await startSmallManuals(databases, 'SQLITE_3', {
      features: [log.feature],
      repository: { token },
    });
    const manual = manuals.manual();
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({
      status: 'FAILED',
      failure: {
        reason: 'REPO_ACCESS',
        detail: expect.stringContaining('manualPublish.repository.token'),
      },
    });
    const files = await readdir(manuals.workDir, {
      recursive: true,
      withFileTypes: true,
    });
    const texts = await Promise.all(
      files
        .filter(file => file.isFile())
        .map(file => readFile(path.join(file.parentPath, file.name), 'latin1')),
    );
    const jobs = await manuals.get('/jobs');
    expect(log.text()).toContain('info');
    for (const text of [JSON.stringify(job), jobs.text, log.text(), ...texts]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(encoded);
    }
    await manuals.stop();
  });

  it('a token that may not push is REPO_ACCESS, and nothing is left', async () => {
    const manuals = await startSmallManuals(databases, 'SQLITE_3', {
      repository: { token: 'git_sandbox_read_only' },
    });
    const head = await manuals.repository.head();
    const job = await manuals.publish(manuals.manual().order);
    expect(job).toMatchObject({
      status: 'FAILED',
      failure: {
        reason: 'REPO_ACCESS',
        detail: expect.stringMatching(/needs permission/),
      },
    });
    await expectNoTrace(manuals, job, head);
    await manuals.stop();
  });
});
