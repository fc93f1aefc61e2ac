import { APIErrorCode, isFullPage } from '@notionhq/client';
import {
  NotionUnderTest,
  failure,
  rootPage,
} from '../__testUtils__/NotionUnderTest';
import { paragraph, syncedBlock, syncedCopy } from './blocks';
import { page } from './drafts';
import { notionId } from './ids';

describe('edits in the Notion stand-in', () => {
  const notion = new NotionUnderTest();
  afterEach(() => notion.stop());

  const editedTimes = async () =>
    Promise.all(
      ['root', 'child'].map(async key => {
        const found = await notion.client.pages.retrieve({
          page_id: notionId(key),
        });
        if (!isFullPage(found)) throw new Error('Partial page');
        return found.last_edited_time;
      }),
    );

  it('show on their page and not on the one above, rounded down to the minute', async () => {
    await notion.start({ pages: [rootPage()] });
    const [rootBefore, childBefore] = await editedTimes();
    expect(childBefore).toMatch(/:00\.000Z$/);
    notion.clock.advance(61_000);
    notion.sandbox.workspace.edit(notionId('child'), {
      append: [paragraph('More')],
    });
    const [rootAfter, childAfter] = await editedTimes();
    expect(rootAfter).toBe(rootBefore);
    expect(Date.parse(childAfter)).toBeGreaterThan(Date.parse(childBefore));
    expect(Date.parse(childAfter) % 60_000).toBe(0);
  });

  it('replace the text of a block, which keeps its id', async () => {
    await notion.start({ pages: [rootPage()] });
    notion.sandbox.workspace.edit(notionId('root'), {
      replace: { blockId: notionId('hello'), with: paragraph('Bye') },
    });
    const block = await notion.firstBlock(notionId('root'));
    expect(block).toMatchObject({
      id: notionId('hello'),
      paragraph: { rich_text: [{ plain_text: 'Bye' }] },
    });
  });

  it('move a page, with what is below it', async () => {
    await notion.start({ pages: [rootPage(), page('Other').as('other')] });
    notion.sandbox.workspace.move(notionId('child'), notionId('other'));
    const moved = await notion.client.pages.retrieve({
      page_id: notionId('child'),
    });
    expect(moved).toMatchObject({
      parent: { type: 'page_id', page_id: notionId('other') },
    });
    expect((await notion.firstBlock(notionId('other'))).id).toBe(
      notionId('child'),
    );
    expect(() =>
      notion.sandbox.workspace.move(notionId('other'), notionId('child')),
    ).toThrow('into itself');
  });

  it('remove a page: it is listed no more, and is in the trash', async () => {
    await notion.start({ pages: [rootPage()] });
    notion.sandbox.workspace.remove(notionId('child'));
    const { results } = await notion.client.blocks.children.list({
      block_id: notionId('root'),
    });
    expect(results.map(each => each.id)).toEqual([notionId('hello')]);
    expect(
      await notion.client.pages.retrieve({ page_id: notionId('child') }),
    ).toMatchObject({ in_trash: true });
  });

  it('lists the children of a synced block at its copies, while the source can be reached', async () => {
    await notion.start({
      pages: [
        page('A')
          .as('a')
          .with(syncedBlock().as('source').with(paragraph('Once').as('once'))),
        page('B')
          .as('b')
          .with(syncedCopy(notionId('source')).as('copy')),
      ],
    });
    const copy = await notion.firstBlock(notionId('b'));
    expect(copy).toMatchObject({
      has_children: true,
      synced_block: { synced_from: { block_id: notionId('source') } },
    });
    expect((await notion.firstBlock(notionId('copy'))).id).toBe(
      notionId('once'),
    );
    notion.sandbox.workspace.unshare(notionId('a'));
    const error = await failure(
      notion.client.blocks.children.list({ block_id: notionId('copy') }),
    );
    expect(error.code).toBe(APIErrorCode.ObjectNotFound);
  });
});
