import { blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';
import { runGit } from './git/__testUtils__/runGit';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'a branch whose history is rewritten while a job is at work, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterAll(() => manuals.stop());

    const rewindTo = (sha: string) =>
      runGit(
        manuals.repository.directory,
        'update-ref',
        'refs/heads/develop',
        sha,
      );

    it('gets all pages anew, and nothing back that was taken from it', async () => {
      const { repository } = manuals;
      const manual = manuals.manual();
      const before = (await repository.head()) ?? '';
      await manuals.publish(manual.order);
      const whole = await manuals.published(manual.folder);
      await repository.commit({ 'secret.txt': 'password' }, 'Oops');

      manuals.sandbox.notion.workspace.edit(manual.id('install'), {
        append: [blocks.paragraph('One more thing')],
      });
      manuals.sandbox.git.beforeNextPush(() => rewindTo(before));
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      expect(job.commits).toHaveLength(2);
      // The pages that had not changed are there again, though the first beginning had nothing to commit of them.
      expect(await manuals.published(manual.folder)).toEqual(whole);
      expect(await repository.files()).not.toContain('secret.txt');
      const [newest, next, third] = await repository.log();
      expect([next.id, newest.id].sort()).toEqual(
        job.commits.map(({ sha }) => sha).sort(),
      );
      expect(third.id).toBe(before);
      expect(await manuals.leftOvers(job)).toEqual([]);
    });

    it('again and again fails the job, which leaves nothing', async () => {
      const { repository } = manuals;
      const manual = manuals.manual();
      const before = (await repository.head()) ?? '';
      let count = 0;
      let isAtIt = true;
      const rewrite = async () => {
        if (!isAtIt) return;
        count += 1;
        manuals.sandbox.git.beforeNextPush(rewrite);
        await rewindTo(before);
        await repository.commit({ [`${count}.txt`]: 'x' }, 'Begun anew');
      };
      await repository.commit({ 'zero.txt': 'x' }, 'To be rewritten');
      manuals.sandbox.git.beforeNextPush(rewrite);
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'FAILED',
        failure: {
          reason: 'GIT_OPERATION_FAILED',
          detail: expect.stringContaining('was rewritten while'),
        },
      });
      expect(count).toBe(3);
      expect(await manuals.leftOvers(job)).toEqual([]);
      isAtIt = false;
      expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
    });
  },
);
