import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
const inLanguage = (language: string, folder: string) =>
  `i18n/${language}/docusaurus-plugin-content-docs/current/${folder.replace(
    'docs/',
    '',
  )}`;

describe.each(databases.eachSupportedId())(
  'pages that move, are withheld, or go, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterAll(() => manuals.stop());
    afterEach(() => manuals.mend());

    it('a page that moves takes its translations along, into languages that the job does not publish, too', async () => {
      const manual = manuals.manual();
      const both = { ...manual.order, target_languages: ['ko', 'ja'] };
      expect(await manuals.publish(both)).toMatchObject({
        status: 'COMPLETED',
      });
      const ja = inLanguage('ja', manual.folder);
      const before = await manuals.repository.read(`${ja}/operate/backup.mdx`);

      manuals.sandbox.notion.workspace.move(
        manual.id('backup'),
        manual.id('install'),
      );
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({ status: 'COMPLETED', warnings: [] });
      const files = await manuals.repository.files();
      for (const folder of [
        manual.folder,
        inLanguage('ko', manual.folder),
        ja,
      ]) {
        expect(files).toContain(`${folder}/install/backup.mdx`);
        expect(files).not.toContain(`${folder}/operate/backup.mdx`);
      }
      expect(await manuals.repository.read(`${ja}/install/backup.mdx`)).toBe(
        before,
      );
      // In the commit that moves the page.
      const [, exported] = await manuals.repository.log();
      expect(exported.id).toBe(
        job.commits.find(({ kind }) => kind === 'export')?.sha,
      );
    });

    it('a page keeps its address when its title changes, and gets another when that is asked for, in every language', async () => {
      const manual = manuals.manual();
      const both = { ...manual.order, target_languages: ['ko', 'ja'] };
      await manuals.publish(both);
      manuals.sandbox.notion.workspace.edit(manual.id('operate'), {
        title: 'Run it',
      });
      const folders = [
        manual.folder,
        inLanguage('ko', manual.folder),
        inLanguage('ja', manual.folder),
      ];
      expect(await manuals.publish(both)).toMatchObject({
        status: 'COMPLETED',
        update_slugs: false,
      });
      const before = await manuals.repository.files();
      for (const folder of folders) {
        expect(before).toContain(`${folder}/operate/backup.mdx`);
      }

      const order = { ...manual.order, update_slugs: true };
      const found = await manuals.publish({ ...order, dry_run: true });
      expect(found.estimate?.pages).toMatchObject([
        { change: 'changed', title: `Guide of ${manual.solution}` },
        { change: 'moved', title: 'Run it' },
        { change: 'moved', title: 'Backup' },
      ]);
      expect(await manuals.publish(order)).toMatchObject({
        status: 'COMPLETED',
        update_slugs: true,
        warnings: [],
      });
      const files = await manuals.repository.files();
      for (const folder of folders) {
        expect(files).toContain(`${folder}/run-it/index.mdx`);
        expect(files).toContain(`${folder}/run-it/backup.mdx`);
        expect(files.filter(file => file.startsWith(`${folder}/op`))).toEqual(
          [],
        );
      }
      expect(await manuals.publish(order)).toMatchObject({ unchanged: true });
    });

    it('a page that is listed and does not show stays with its translations, and goes once it is not listed', async () => {
      const manual = manuals.manual();
      await manuals.publish(manual.order);
      const published = await manuals.repository.files();
      const { notion } = manuals.sandbox;
      notion.faults.add({
        path: `${manual.id('operate')}/children`,
        status: 404,
      });
      const job = await manuals.publish({ ...manual.order, force: true });
      expect(job).toMatchObject({
        status: 'COMPLETED',
        unchanged: true,
        warnings: [
          {
            code: 'page-withheld',
            page_id: manual.id('operate'),
            message: expect.stringContaining('stays on the site'),
          },
        ],
      });
      expect(await manuals.repository.files()).toEqual(published);

      manuals.mend();
      notion.workspace.remove(manual.id('operate'));
      const next = await manuals.publish(manual.order);
      expect(next.warnings.map(({ code }) => code)).toEqual([
        'page-removed',
        'page-removed',
      ]);
      const files = await manuals.repository.files();
      expect(files.filter(file => file.includes('operate'))).not.toContain(
        `${manual.folder}/operate/index.mdx`,
      );
      expect(files).toContain(`${manual.folder}/install.mdx`);
      expect(files).not.toContain(
        `${inLanguage('ko', manual.folder)}/operate/index.mdx`,
      );
    });
  },
);
