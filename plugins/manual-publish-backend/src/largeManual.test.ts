import { BlockDraft, blocks } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
const BLOCKS = 10_000;
const LEVELS = 20;

/** Each text once, so that each of them is a segment of its own. */
const manyBlocks = Array.from({ length: BLOCKS / 4 }, (_, index) => [
  blocks.heading2(`Chapter ${index}`),
  blocks.paragraph(`Of chapter ${index} and {it}`),
  blocks.bulleted(`First of ${index}`),
  blocks.bulleted(`Second of ${index}`),
]).flat();

const nested = Array.from({ length: LEVELS }).reduce<BlockDraft>(
  inner => blocks.bulleted('level').with(inner),
  blocks.paragraph('innermost'),
);

describe.each(databases.eachSupportedId())(
  'a manual with a page of 10,000 blocks, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine);
    });
    afterAll(() => manuals.stop());

    it('is published and translated whole, and a changed paragraph of it costs one segment', async () => {
      const manual = manuals.manual(...manyBlocks, nested);
      const { workspace } = manuals.sandbox.notion;
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'COMPLETED',
        failure: null,
        warning_count: 0,
      });
      expect(job.commits).toHaveLength(2);
      const source = await manuals.repository.read(
        `${manual.folder}/index.mdx`,
      );
      expect(source.match(/^## Chapter \d+ /gm)).toHaveLength(BLOCKS / 4);
      expect(source).toContain('innermost');
      expect(await manuals.leftOvers(job)).toEqual([]);

      workspace.edit(manual.id(), {
        append: [blocks.paragraph('What was written last')],
      });
      const again = await manuals.publish(manual.order);
      expect(again).toMatchObject({ status: 'COMPLETED', failure: null });
      const { remembered_segments: remembered, translator_calls: calls } =
        again.cost;
      expect({ remembered, calls }).toEqual({
        remembered: again.progress.languages[0].total - 1,
        calls: 1,
      });
      expect(await manuals.repository.read(`${manual.folder}/index.mdx`)).toBe(
        `${source}\nWhat was written last\n`,
      );
    }, 120_000);
  },
);
