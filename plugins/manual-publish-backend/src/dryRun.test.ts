import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();

// What a dry run finds has nothing to do with the database.
describe('a dry run of what is published already', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3');
  });
  afterAll(() => manuals.stop());

  it('finds nothing to do but for a language that is new', async () => {
    const { order } = manuals.manual();
    await manuals.publish({ ...order, target_languages: ['ko'] });
    const dry = (...languages: string[]) =>
      manuals.publish({ ...order, target_languages: languages, dry_run: true });
    expect(await dry('ko')).toMatchObject({
      unchanged: true,
      estimate: { pages: [] },
    });

    const job = await dry('ko', 'fr');
    expect(job).toMatchObject({ unchanged: false, estimate: { pages: [] } });
    expect(job.estimate?.languages).toEqual([
      expect.objectContaining({ language: 'ko' }),
      expect.objectContaining({ language: 'fr', remembered: 0 }),
    ]);
  });

  it('finds a language to do whose pages were taken back, though all is remembered', async () => {
    const { order, folder } = manuals.manual();
    const { repository } = manuals;
    const file = `${folder}/.herald.json`;
    await manuals.publish({ ...order, target_languages: ['ko'] });
    const before = await repository.read(file);
    await manuals.publish({ ...order, target_languages: ['fr'] });
    await repository.commit({ [file]: before }, 'Back to before French');
    const job = await manuals.publish({
      ...order,
      target_languages: ['fr'],
      dry_run: true,
    });
    const [french] = job.estimate?.languages ?? [];
    expect(french?.remembered).toBe(french?.segments);
    expect(job).toMatchObject({ unchanged: false, estimate: { pages: [] } });
  });
});
