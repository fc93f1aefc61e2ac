import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  smallSolutions,
  startSmallManuals,
  startSmallSandbox,
} from './__testUtils__/smallManuals';

const databases = testEngines();
const PREFIX = 'former';

describe.each(databases.eachSupportedId())(
  'a language that leaves the configuration, on %s',
  engine => {
    let sandbox: Awaited<ReturnType<typeof startSmallSandbox>>;
    let manuals: SmallManuals;

    beforeAll(async () => {
      sandbox = await startSmallSandbox();
    });
    afterAll(async () => {
      await manuals.stop();
      for (const each of Object.values(sandbox)) await each.stop();
    });

    const filesIn = async (language: string) => {
      const paths = (await manuals.repository.files()).filter(file =>
        file.startsWith(`i18n/${language}/`),
      );
      const texts = await Promise.all(
        paths.map(file => manuals.repository.read(file)),
      );
      return Object.fromEntries(paths.map((file, at) => [file, texts[at]]));
    };

    it('is left alone: nothing of its folder is written, moved or removed', async () => {
      const knex = await databases.init(engine);
      const start = (languages: string[]) =>
        startSmallManuals(databases, engine, {
          knex,
          sandbox,
          prefix: PREFIX,
          manualPublish: { languages, solutions: smallSolutions(PREFIX) },
        });
      manuals = await start(['pt-BR']);
      const manual = manuals.manual();
      const first = await manuals.publish({
        ...manual.order,
        target_languages: ['ko', 'pt-BR'],
      });
      expect(first.status).toBe('COMPLETED');
      const before = await filesIn('pt-BR');
      expect(Object.keys(before)).toHaveLength(5);
      await manuals.stop();

      manuals = await start([]);
      const { workspace } = sandbox.notion;
      workspace.move(manual.id('install'), manual.id('operate'));
      workspace.remove(manual.id('backup'));
      workspace.edit(manual.id('operate'), { title: 'Run' });
      const job = await manuals.publish({
        ...manual.order,
        update_slugs: true,
      });
      expect(job).toMatchObject({ status: 'COMPLETED' });
      const translations = 'i18n/ko/docusaurus-plugin-content-docs/current/s0';
      expect(Object.keys(await filesIn('ko'))).toEqual(
        expect.arrayContaining([`${translations}/run/install.mdx`]),
      );
      expect(await filesIn('pt-BR')).toEqual(before);
      await manuals
        .post('/publish', { ...manual.order, target_languages: ['pt-BR'] })
        .expect(400);
    });
  },
);
