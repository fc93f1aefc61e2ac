import { testEngines } from '@herald/test-utils';
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  SmallManuals,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';
import { OtherHost } from './workDir/__testUtils__/OtherHost';

const databases = testEngines();
// A process waits ten seconds before it takes another directory.
jest.setTimeout(90_000);

describe.each(databases.eachSupportedId())(
  'a process whose directory another has taken, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeEach(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterEach(() => manuals.stop());

    it('ends the job in another, with one commit a step, and touches the lost one no more', async () => {
      const { repository, sandbox, workDir } = manuals;
      const manual = manuals.manual();
      const before = await repository.log();
      sandbox.openAi.faults.add({
        path: /completions/,
        times: 1,
        delayMs: 4_000,
      });
      const id = await manuals.ask(manual.order);
      await until(async () => (await manuals.job(id)).status === 'TRANSLATING');
      const other = new OtherHost(workDir);
      await other.take();

      const job = await manuals.ended(id);
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      const commits = (await repository.log()).slice(0, -before.length);
      expect(commits.map(commit => commit.id).sort()).toEqual(
        job.commits.map(({ sha }) => sha).sort(),
      );
      expect(commits).toHaveLength(2);
      // What the job had in the lost directory is now for who has that one.
      const left = await manuals.leftOvers(job);
      expect(left.length).toBeGreaterThan(0);
      expect(left.every(file => file.startsWith('git/'))).toBe(true);
      expect(existsSync(path.join(workDir, 'process-2', 'git'))).toBe(true);
      await other.die();
    });
  },
);
