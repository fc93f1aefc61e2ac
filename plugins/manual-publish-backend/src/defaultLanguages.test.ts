import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'a publish that names no language, on %s',
  engine => {
    let portal: SmallManuals | undefined;
    afterEach(() => portal?.stop());

    it.each([
      ['those of Herald', {}, ['ko', 'ja', 'zh']],
      ['those that are configured', { targetLanguages: ['de'] }, ['de']],
    ])('is into %s', async (_, manualPublish, languages) => {
      portal = await startSmallManuals(databases, engine, { manualPublish });
      const { target_languages: named, ...order } = portal.manual().order;
      expect(named).not.toEqual(languages);
      const id = await portal.ask({ ...order, dry_run: true });
      expect((await portal.job(id)).target_languages).toEqual(languages);
    });
  },
);
