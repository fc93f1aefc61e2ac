import { notionId, blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { collectedLog } from './__testUtils__/collectedLog';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
} from './__testUtils__/smallManuals';

const UNWRITABLE = 'Words that no one can write';
const UNFORESEEN = 'Words that nobody has foreseen';
/** How often these are still a surprise. */
const mockSurprises = { left: 0 };

// As nothing is known that is written wrongly, what writes has a fault here.
jest.mock('./mdx/writeMdx', () => {
  const { writeMdx } = jest.requireActual('./mdx/writeMdx');
  return {
    writeMdx: (...tree: unknown[]) => {
      const text: string = writeMdx(...tree);
      const isOdd = text.includes('Words that nobody has foreseen');
      if (isOdd && mockSurprises.left > 0) {
        mockSurprises.left -= 1;
        throw new TypeError('What only operators may know');
      }
      return text.replace('Words that no one can write', 'a {b c} d');
    },
  };
});

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'a page that cannot be written, on %s',
  engine => {
    let manuals: SmallManuals;
    let log: ReturnType<typeof collectedLog>;
    beforeAll(async () => {
      log = collectedLog();
      manuals = await startSmallManuals(databases, engine, {
        features: [log.feature],
      });
    });
    afterAll(() => manuals.stop());

    it('fails the job with page and place where its file does not compile, and nothing is committed', async () => {
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

    it('for a reason that nobody has foreseen is tried again, says so, and the server’s log alone has the reason', async () => {
      const manual = manuals.manual(blocks.paragraph(UNFORESEEN));
      mockSurprises.left = 1;
      const job = await manuals.publish(manual.order);
      expect(mockSurprises.left).toBe(0);
      expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
      expect(job.commits).toHaveLength(2);
      expect(JSON.stringify(job)).not.toContain('What only operators');
      expect(log.text()).toContain('What only operators may know');
      const { body } = await manuals.get(`/jobs/${job.id}/log`).expect(200);
      expect(
        body.lines.map(({ message }: { message: string }) => message),
      ).toContain('Something failed in the server: the job is tried again');
      expect(await manuals.leftOvers(job)).toEqual([]);
    });
  },
);
