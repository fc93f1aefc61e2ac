import { blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';

const databases = testEngines();
jest.setTimeout(180_000);

describe.each(databases.eachSupportedId())(
  'pages that move while the root is read, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterAll(() => manuals.stop());
    afterEach(() => manuals.mend());

    type Order = ReturnType<SmallManuals['manual']>['order'];

    /** Reads all again, and does something once the first list is read, before the second one is. */
    const publishBetween = async (
      order: Order,
      lists: readonly [first: string, second: string],
      action: () => void,
    ) => {
      const { log, faults } = manuals.sandbox.notion;
      const [first, second] = lists;
      log.clear();
      faults.add({ path: second, times: 1, delayMs: 2_000 });
      const id = await manuals.ask({ ...order, force: true });
      await until(() =>
        log.calls.some(
          ({ path, status }) => path.includes(first) && status === 200,
        ),
      );
      action();
      return manuals.ended(id);
    };

    const files = async (folder: string) => [
      ...(await manuals.published(folder)),
      ...(await manuals.published(
        folder.replace(
          'docs/',
          'i18n/ko/docusaurus-plugin-content-docs/current/',
        ),
      )),
    ];

    it('from a list that is not read yet to one that is, stay on the site, and go there next', async () => {
      const manual = manuals.manual();
      await manuals.publish(manual.order);
      const before = await files(manual.folder);

      const job = await publishBetween(
        manual.order,
        [
          `${manual.id('install')}/children`,
          `${manual.id('operate')}/children`,
        ],
        () =>
          manuals.sandbox.notion.workspace.move(
            manual.id('backup'),
            manual.id('install'),
          ),
      );
      expect(job).toMatchObject({
        status: 'COMPLETED',
        warnings: [{ code: 'page-moved', page_id: manual.id('backup') }],
      });
      expect(await files(manual.folder)).toEqual(before);

      expect(await manuals.publish(manual.order)).toMatchObject({
        status: 'COMPLETED',
        warnings: [],
      });
      expect(await files(manual.folder)).toEqual(
        expect.arrayContaining([
          `${manual.folder}/install/backup.mdx`,
          expect.stringMatching(/^i18n\/ko\/.*\/install\/backup\.mdx$/),
        ]),
      );
    });

    it('from the end of a list to its beginning, stay on the site', async () => {
      const manual = manuals.manual(
        ...Array.from({ length: 100 }, (_, index) =>
          blocks.paragraph(`Paragraph ${index}`),
        ),
      );
      await manuals.publish(manual.order);
      const before = await files(manual.folder);

      const list = `${manual.id()}/children`;
      const job = await publishBetween(
        manual.order,
        [list, `${list}?start_cursor`],
        () =>
          manuals.sandbox.notion.workspace.move(
            manual.id('install'),
            manual.id(),
            0,
          ),
      );
      expect(job).toMatchObject({
        status: 'COMPLETED',
        warnings: [{ code: 'page-moved', page_id: manual.id('install') }],
      });
      expect(await files(manual.folder)).toEqual(before);
      expect(await manuals.publish(manual.order)).toMatchObject({
        status: 'COMPLETED',
        warnings: [],
      });
      expect(await files(manual.folder)).toEqual(before);
    });
  },
);
