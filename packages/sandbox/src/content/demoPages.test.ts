import {
  BlockObjectResponse,
  Client,
  collectPaginatedAPI,
  isFullBlock,
} from '@notionhq/client';
import { ManualClock } from '../http/Clock';
import { BlockType, blockTypes } from '../notion/blockTypes';
import { startNotionSandbox } from '../notion/startNotionSandbox';
import { demoPages, demoSolutions } from './demoPages';

describe('the demo content', () => {
  /** All blocks below the three roots, as an exporter walks them. */
  async function walk(notionVersion: string): Promise<BlockObjectResponse[]> {
    const sandbox = await startNotionSandbox({
      clock: new ManualClock(),
      pages: demoPages,
    });
    const client = new Client({
      auth: sandbox.token,
      baseUrl: sandbox.url,
      notionVersion,
    });
    const childrenOf = async (id: string): Promise<BlockObjectResponse[]> => {
      const children = await collectPaginatedAPI(client.blocks.children.list, {
        block_id: id,
      });
      const blocks = children.filter(isFullBlock);
      const below = await Promise.all(
        blocks
          .filter(block => block.has_children)
          .map(block => childrenOf(block.id)),
      );
      return [...blocks, ...below.flat()];
    };
    try {
      const all = await Promise.all(
        Object.values(demoSolutions).map(childrenOf),
      );
      expect([...sandbox.log.repeated().keys()]).toEqual([]);
      return all.flat();
    } finally {
      await sandbox.stop();
    }
  }

  it('has every block type of the SDK', async () => {
    const blocks = [
      ...(await walk('2025-09-03')),
      ...(await walk('2026-03-11')),
    ];
    const seen = new Set<BlockType>(blocks.map(block => block.type));
    expect([...seen].sort()).toEqual(Object.keys(blockTypes).sort());
    expect(seen.size).toBe(37);
  });

  it('has at least thirty pages, three solutions among them', async () => {
    const blocks = await walk('2025-09-03');
    const pages = blocks.filter(block => block.type === 'child_page');
    expect(pages.length + demoPages.length).toBeGreaterThanOrEqual(30);
  });
});
