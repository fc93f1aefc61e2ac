import {
  BlockObjectResponse,
  Client,
  collectPaginatedAPI,
  isFullBlock,
} from '@notionhq/client';
import { ManualClock } from '../http/Clock';
import { BlockType, blockTypes } from '../notion/blockTypes';
import { bareId, notionId } from '../notion/ids';
import {
  NotionSandbox,
  startNotionSandbox,
} from '../notion/startNotionSandbox';
import { demoPages, demoPagesWrittenAt, demoSolutions } from './demoPages';
import { addressForms } from './notionUrls';

type ChildPage = Extract<BlockObjectResponse, { type: 'child_page' }>;

describe('the demo content', () => {
  let sandbox: NotionSandbox;
  beforeAll(async () => {
    sandbox = await startNotionSandbox({
      clock: new ManualClock(),
      pages: demoPages,
      pagesWrittenAt: demoPagesWrittenAt,
    });
  });
  afterAll(() => sandbox.stop());

  /** All blocks below the three roots, as an exporter walks them. */
  async function walk(notionVersion: string): Promise<BlockObjectResponse[]> {
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
    sandbox.log.clear();
    const all = await Promise.all(Object.values(demoSolutions).map(childrenOf));
    expect([...sandbox.log.repeated().keys()]).toEqual([]);
    return all.flat();
  }

  async function childPages(): Promise<ChildPage[]> {
    const blocks = await walk('2025-09-03');
    return blocks.filter(
      (block): block is ChildPage => block.type === 'child_page',
    );
  }

  const folderOf = ({ parent }: BlockObjectResponse) =>
    parent.type === 'page_id' ? parent.page_id : undefined;

  it('has every block type of the SDK', async () => {
    const blocks = [
      ...(await walk('2025-09-03')),
      ...(await walk('2026-03-11')),
    ];
    const seen = new Set<BlockType>(blocks.map(block => block.type));
    expect([...seen].sort()).toEqual(Object.keys(blockTypes).sort());
    expect(seen.size).toBe(37);
  });

  it('has sixty pages and the rows of a database, in three solutions', async () => {
    const pages = await childPages();
    expect(pages.length + demoPages.length).toBe(60);
  });

  it('has a folder that is five levels below its manual, and text on each level', async () => {
    const pages = await childPages();
    const pathTo = (id: string | undefined): string[] => {
      const found = pages.find(each => each.id === id);
      return found ? [...pathTo(folderOf(found)), found.child_page.title] : [];
    };
    const path = pathTo(notionId('zcp/scale-down-example'));
    expect(path).toEqual([
      'Operate',
      'Clusters',
      'Node pools',
      'Autoscaling',
      'Scale-down rules',
      'Worked example',
    ]);
  });

  it('has equal titles in one folder, and in folders of each solution', async () => {
    const pages = await childPages();
    const inOneFolder = (key: string, title: string) =>
      pages.filter(
        each =>
          each.child_page.title === title && folderOf(each) === notionId(key),
      );
    expect(inOneFolder('zcp', 'FAQ')).toHaveLength(2);
    expect(inOneFolder('apim/guides', 'Overview')).toHaveLength(2);
    expect(
      pages.filter(each => each.child_page.title === 'Troubleshooting'),
    ).toHaveLength(3);
  });

  it('links to pages and headings in every form of address', async () => {
    const blocks = await walk('2025-09-03');
    const links = blocks.flatMap(block =>
      block.type === 'bulleted_list_item'
        ? block.bulleted_list_item.rich_text.map(each => each.href ?? '')
        : [],
    );
    const target = bareId(notionId('zcp/autoscaling'));
    const anchor = `#${bareId(notionId('zcp/autoscaling-inputs'))}`;
    const toTarget = links.filter(each =>
      each.replaceAll('-', '').includes(target),
    );
    expect(toTarget).toHaveLength(2 * Object.keys(addressForms).length);
    expect(toTarget.filter(each => each.endsWith(anchor))).toHaveLength(4);
  });

  it('was written at the same time however often the sandbox is started', async () => {
    const pages = await childPages();
    const times = new Set(pages.map(each => each.last_edited_time));
    expect([...times]).toEqual([demoPagesWrittenAt.toISOString()]);
  });
});
