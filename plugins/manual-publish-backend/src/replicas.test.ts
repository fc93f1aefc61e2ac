import {
  JobState,
  isFinal,
} from '@herald/backstage-plugin-manual-publish-common';
import { Sandbox, demoSolutions, startSandbox } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPublishing } from './__testUtils__/publishingPortal';

const databases = testEngines();
jest.setTimeout(180_000);

type Portal = Awaited<ReturnType<typeof startPublishing>>;

async function reaches(
  portal: Portal,
  id: string,
  states: readonly JobState[],
): Promise<JobState> {
  for (;;) {
    const { body } = await portal.get(`/jobs/${id}`).expect(200);
    if (states.includes(body.status)) {
      return body.status;
    }
    if (isFinal(body.status)) {
      throw new Error(`It ended: ${JSON.stringify(body)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

describe.each(databases.eachSupportedId())('replicas on %s', engine => {
  let sandbox: Sandbox;
  let directory: string;

  beforeEach(async () => {
    sandbox = await startSandbox();
    directory = await mkdtemp(path.join(tmpdir(), 'herald-replicas-'));
  });
  afterEach(async () => {
    await sandbox.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('a job that comes back to a replica does not go on with what that one had begun', async () => {
    const knex = await databases.init(engine);
    const replica = (name: string) =>
      startPublishing(databases, engine, sandbox, {
        knex,
        workDir: path.join(directory, name),
      });

    // Longer than a process that is stopped waits for its jobs: a fast one would be done by then.
    let undo = sandbox.notion.faults.add({ path: /blocks/, delayMs: 5_000 });
    const first = await replica('a');
    const { body } = await first
      .post('/publish', {
        notion_page_id: demoSolutions.APIM,
        selected_solution: 'apim',
        target_languages: ['ko'],
      })
      .expect(202);
    await reaches(first, body.job_id, ['EXPORTING']);
    await first.stop();
    undo();

    undo = sandbox.openAi.faults.add({ delayMs: 60_000 });
    const second = await replica('b');
    await reaches(second, body.job_id, ['TRANSLATING']);
    await second.stop();
    undo();

    const third = await replica('a');
    await reaches(third, body.job_id, ['COMPLETED', 'FAILED']);
    const job = (await third.get(`/jobs/${body.job_id}`)).body;
    expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
    const files = await sandbox.git.repository().files();
    for (const folder of ['docs', 'i18n/ko']) {
      expect(
        files.filter(
          file => file.startsWith(folder) && /\/apim\/.*\.mdx$/.test(file),
        ).length,
      ).toBeGreaterThan(10);
    }
    const warnings = job.warnings.map((each: object) => JSON.stringify(each));
    expect(new Set(warnings).size).toBe(warnings.length);
    await third.stop();
  });
});
