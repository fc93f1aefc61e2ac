import { compiles } from './compiles';
import { Conditions } from './floor';
import { HOSTILE_PAGES, hostileRoot, hostileRootId } from './hostilePages';
import { notionToMd } from './notionToMd';
import { runExport } from './runExport';
import { writtenTree } from './trees';
import { zmpPattern } from './zmpPattern';

const PAGES = 3;
/** Among so many, one in turn is of each kind. */
const TREE = writtenTree({ pages: PAGES, parentBlocks: 44 });
const TABLES = 9;
const CALLOUTS = 7;
const UNLIMITED: Conditions = {
  limit: 'rate',
  perSecond: 1_000,
  burst: 1_000,
  latencyMs: 0,
};

describe('what is counted of a peer', () => {
  it('notion-to-md lists tables and callouts twice, and whoever looks for the pages below does so with pages', async () => {
    const run = await runExport(notionToMd, TREE, UNLIMITED);
    const repeated = PAGES + TABLES + CALLOUTS;
    expect(run).toMatchObject({ calls: TREE.lists + repeated, repeated });
    expect(run.texts).toHaveLength(PAGES);
  });

  it('the ZMP pattern retrieves pages beside listing them twice, and tables, too', async () => {
    const run = await runExport(zmpPattern(1_000), TREE, UNLIMITED);
    const repeated = PAGES + TABLES;
    expect(run).toMatchObject({
      calls: TREE.lists + PAGES + repeated,
      repeated,
    });
  });

  it('calls that the limit refused do not count', async () => {
    const run = await runExport(zmpPattern(1_000), TREE, {
      limit: 'window',
      calls: 40,
      windowMs: 1_000,
      latencyMs: 0,
    });
    expect(run.refused).toBeGreaterThan(0);
    expect(run.calls).toBe(TREE.lists + 2 * PAGES + TABLES);
  });
});

describe('a file that compiles', () => {
  it('is MDX with front matter, mathematics and tables', async () => {
    const text =
      '---\ntitle: "{x"\n---\n\n$\\frac{a b}{2}$\n\n| a |\n| - |\n| b |\n';
    expect(await compiles(text)).toBe(true);
  });

  it('is none of the hostile pages as notion-to-md writes them', async () => {
    const { texts } = await runExport(
      notionToMd,
      { root: hostileRoot, rootId: hostileRootId },
      UNLIMITED,
    );
    const written = texts.filter(text => text.trim() !== '');
    expect(written).toHaveLength(HOSTILE_PAGES);
    expect(await Promise.all(written.map(compiles))).toEqual(
      written.map(() => false),
    );
  });
});
