import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();

// What commits say has nothing to do with the database.
describe('commits', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3', {
      repository: {
        author: { name: 'Docs Bot', email: 'docs@example.com' },
      },
      manualPublish: {
        commitMessages: {
          export: 'DOC-1 {solution}: {title}',
          translation: 'DOC-1 {languages} of {title}, {unknown}',
        },
      },
    });
  });
  afterAll(() => manuals.stop());

  it('say what the configuration says, and whose they are', async () => {
    const manual = manuals.manual();
    const job = await manuals.publish({
      ...manual.order,
      target_languages: ['ko', 'ja'],
    });
    const title = `Guide of ${manual.solution}`;
    expect(job.commits.map(({ kind, message }) => [kind, message])).toEqual([
      ['export', `DOC-1 ${manual.solution}: ${title}`],
      ['translation', `DOC-1 ko, ja of ${title}, {unknown}`],
    ]);
    const [translation, exported] = await manuals.repository.log();
    for (const commit of [translation, exported]) {
      expect(commit.author).toEqual({
        name: 'Docs Bot',
        email: 'docs@example.com',
      });
      expect(commit.message).toContain(`Herald-Job: ${job.id}`);
    }
    expect(translation.message).toMatch(/^DOC-1 ko, ja/);
  });
});
