import { notionId, blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
} from './__testUtils__/smallManuals';

const UNWRITABLE = 'Words that no one can write';

// As nothing is known that is written wrongly, what writes has a fault here.
jest.mock('./mdx/writeMdx', () => {
  const { writeMdx } = jest.requireActual('./mdx/writeMdx');
  return {
    writeMdx: (...tree: unknown[]) =>
      writeMdx(...tree).replace('Words that no one can write', 'a {b c} d'),
  };
});

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'a page whose file does not compile, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterAll(() => manuals.stop());

    it('fails the job with page and place, and nothing is committed', async () => {
      const manual = manuals.manual();
      expect(await manuals.publish(manual.order)).toMatchObject({
        status: 'COMPLETED',
      });
      const { workspace } = manuals.sandbox.notion;
      const edit = (text: string) =>
        workspace.edit(manual.id('backup'), {
          replace: {
            blockId: notionId('faulty'),
            with: blocks.paragraph(text),
          },
        });
      workspace.edit(manual.id('install'), {
        append: [blocks.paragraph('What is right')],
      });
      workspace.edit(manual.id('backup'), {
        append: [blocks.paragraph(UNWRITABLE).as('faulty')],
      });
      const head = await manuals.repository.head();
      for (const dryRun of [true, false]) {
        const job = await manuals.publish({ ...manual.order, dry_run: dryRun });
        expect(job).toMatchObject({
          status: 'FAILED',
          commits: [],
          failure: {
            reason: 'EXPORT_FAILED',
            page_id: manual.id('backup'),
            place: expect.stringMatching(
              `^${manual.folder}/operate/backup\\.mdx:8:\\d+$`,
            ),
          },
        });
        await expectNoTrace(manuals, job, head);
      }

      edit('Words that anybody can write');
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      expect(
        await manuals.repository.read(`${manual.folder}/operate/backup.mdx`),
      ).toContain('Words that anybody can write');
    });
  },
);
