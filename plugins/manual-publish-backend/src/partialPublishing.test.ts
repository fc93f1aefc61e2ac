import { blocks, database, notionId, page, rich } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
jest.setTimeout(180_000);

const url = (key: string) =>
  `https://www.notion.so/${notionId(key).replaceAll('-', '')}`;
const anchor = (key: string) => `#${notionId(key).replaceAll('-', '')}`;

describe.each(databases.eachSupportedId())(
  'a part of a manual that is published, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterAll(() => manuals.stop());
    afterEach(() => manuals.mend());

    /** With a page that links to a page by its title, to a heading and to a database. */
    const linkedManual = (key: string) =>
      manuals.manual(
        page('Answers')
          .as(`${key}/answers`)
          .with(
            blocks.heading2('Known faults').as(`${key}/heading`),
            blocks.paragraph('None'),
          ),
        database('Terms')
          .as(`${key}/terms`)
          .with(
            page('Alpha').as(`${key}/alpha`).with(blocks.paragraph('First')),
            page('Beta').as(`${key}/beta`).with(blocks.paragraph('Second')),
          ),
        page('Links')
          .as(`${key}/links`)
          .with(
            blocks.paragraph(
              rich.link(
                'faults',
                `${url(`${key}/answers`)}${anchor(`${key}/heading`)}`,
              ),
              rich.link(' terms', url(`${key}/terms`)),
            ),
            blocks.linkToPage(notionId(`${key}/answers`)),
          ),
      );

    it('and did not change, makes no commit', async () => {
      const manual = linkedManual('same');
      await manuals.publish({ ...manual.order, target_languages: ['ko'] });
      const text = await manuals.repository.read(`${manual.folder}/links.mdx`);
      expect(text).toContain('[faults](./answers.mdx#known-faults)');
      expect(text).toContain('[terms](./alpha.mdx)');
      expect(text).toContain('[Answers](./answers.mdx)');
      for (const key of ['links', 'answers', 'beta']) {
        const job = await manuals.publish({
          ...manual.order,
          notion_page_id: notionId(`same/${key}`),
          force: true,
        });
        expect(job).toMatchObject({
          status: 'COMPLETED',
          unchanged: true,
          commits: [],
          warnings: [],
        });
      }
    });

    it('may be new, and below an item of a list', async () => {
      const manual = manuals.manual(
        blocks.bulleted('More').with(
          page('Listed')
            .as('listed')
            .with(
              blocks.paragraph('Of a list'),
              blocks
                .numbered('First')
                .with(page('Deep').as('deep').with(blocks.paragraph('Below'))),
            ),
        ),
      );
      const job = await manuals.publish({
        ...manual.order,
        notion_page_id: notionId('deep'),
      });
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      const text = await manuals.repository.read(
        `${manual.folder}/listed/deep.mdx`,
      );
      expect(text).toContain('Below');

      expect(await manuals.publish(manual.order)).toMatchObject({
        status: 'COMPLETED',
        warnings: [],
      });
      expect(await manuals.published(manual.folder)).toEqual(
        expect.arrayContaining([
          `${manual.folder}/listed/deep.mdx`,
          `${manual.folder}/listed/index.mdx`,
        ]),
      );
    });

    it('keeps the links of what is not published, in every language, when a heading has another text', async () => {
      const manual = linkedManual('renamed');
      await manuals.publish({
        ...manual.order,
        target_languages: ['ko', 'ja'],
      });
      manuals.sandbox.notion.workspace.edit(notionId('renamed/answers'), {
        replace: {
          blockId: notionId('renamed/heading'),
          with: blocks.heading2('What goes wrong'),
        },
      });
      const job = await manuals.publish({
        ...manual.order,
        notion_page_id: notionId('renamed/answers'),
      });
      expect(job).toMatchObject({ status: 'COMPLETED', warnings: [] });
      expect(
        await manuals.repository.read(`${manual.folder}/answers.mdx`),
      ).toContain('## What goes wrong {/* #known-faults */}');
      const all = await manuals.publish(manual.order);
      expect(all).toMatchObject({ status: 'COMPLETED', unchanged: true });
    });
  },
);
