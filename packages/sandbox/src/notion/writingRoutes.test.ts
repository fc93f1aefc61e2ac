import { isFullBlock, isFullPage } from '@notionhq/client';
import {
  NotionUnderTest,
  failure,
  rootPage,
} from '../__testUtils__/NotionUnderTest';
import { divider, heading2, image } from './blocks';
import { database, page } from './drafts';
import { notionId } from './ids';

describe('the Notion stand-in, written to by the official SDK', () => {
  const notion = new NotionUnderTest();
  beforeEach(() =>
    notion.start({
      pages: [
        rootPage(),
        page('Other')
          .as('other')
          .with(
            heading2('The API', { toggleable: true }).as('heading'),
            image('architecture.png', 'A diagram').as('picture'),
            divider().as('divider'),
            database('Table').as('table').with(page('Row').as('row')),
          ),
      ],
    }),
  );
  afterEach(() => notion.stop());

  const words = (content: string) => ({ rich_text: [{ text: { content } }] });
  const blockOf = async (key: string) => {
    const block = await notion.client.blocks.retrieve({
      block_id: notionId(key),
    });
    if (!isFullBlock(block)) throw new Error('Partial block');
    return block;
  };
  const pageOf = async (key: string) => {
    const found = await notion.client.pages.retrieve({
      page_id: notionId(key),
    });
    if (!isFullPage(found)) throw new Error('Partial page');
    return found;
  };
  const childrenOf = async (key: string) =>
    (
      await notion.client.blocks.children.list({ block_id: notionId(key) })
    ).results.map(({ id }) => id);

  describe('blocks.update', () => {
    it('writes the text of a paragraph, with links and styles, and shows on the page', async () => {
      const before = (await pageOf('root')).last_edited_time;
      notion.clock.advance(61_000);
      const answer = await notion.client.blocks.update({
        block_id: notionId('hello'),
        paragraph: {
          rich_text: [
            { text: { content: 'Good ' } },
            {
              text: { content: 'bye', link: { url: 'https://example.com/' } },
              annotations: { bold: true },
            },
          ],
        },
      });
      const block = await blockOf('hello');
      expect(answer).toEqual(block);
      expect(block).toMatchObject({
        id: notionId('hello'),
        paragraph: {
          rich_text: [
            { plain_text: 'Good ', annotations: { bold: false } },
            {
              plain_text: 'bye',
              href: 'https://example.com/',
              annotations: { bold: true },
            },
          ],
        },
      });
      expect(
        Date.parse((await pageOf('root')).last_edited_time),
      ).toBeGreaterThan(Date.parse(before));
    });

    it('renames a heading, which stays what it is', async () => {
      await notion.client.blocks.update({
        block_id: notionId('heading'),
        heading_2: words('Calls'),
      });
      expect(await blockOf('heading')).toMatchObject({
        type: 'heading_2',
        heading_2: {
          rich_text: [{ plain_text: 'Calls' }],
          is_toggleable: true,
        },
      });
    });

    it('gives a picture another source; its caption stays', async () => {
      await notion.client.blocks.update({
        block_id: notionId('picture'),
        image: { external: { url: 'https://example.com/new.png' } },
      });
      expect(await blockOf('picture')).toMatchObject({
        image: {
          type: 'external',
          external: { url: 'https://example.com/new.png' },
          caption: [{ plain_text: 'A diagram' }],
        },
      });
    });

    it('puts a block in the trash and takes it out again', async () => {
      const id = notionId('divider');
      await notion.client.blocks.update({ block_id: id, in_trash: true });
      expect(await childrenOf('other')).not.toContain(id);
      await notion.client.blocks.update({ block_id: id, in_trash: false });
      expect(await childrenOf('other')).toContain(id);
    });

    it.each([
      [
        'a type that it is not',
        'heading',
        { paragraph: words('x') },
        'body.heading_2 should be defined',
      ],
      [
        'a text that is too long',
        'hello',
        { paragraph: words('x'.repeat(2001)) },
        'should be ≤ `2000`, instead was `2001`',
      ],
      [
        'an address that is none',
        'picture',
        { image: { external: { url: 'nowhere' } } },
        'Invalid image url.',
      ],
      ['a page', 'child', { paragraph: words('x') }, 'update the page instead'],
      [
        'what the stand-in does not write',
        'divider',
        { divider: {} },
        'divider is not supported',
      ],
    ])('refuses %s', async (_what, key, change, message) => {
      const before = await blockOf(key);
      const error = await failure(
        notion.client.blocks.update({ block_id: notionId(key), ...change }),
      );
      expect(error).toMatchObject({ status: 400, code: 'validation_error' });
      expect(error.message).toContain(message);
      expect(await childrenOf('other')).toContain(notionId('picture'));
      expect((await blockOf(key)).last_edited_time).toBe(
        before.last_edited_time,
      );
    });

    it('refuses what is in the trash, and does not find what is not shared', async () => {
      const update = () =>
        notion.client.blocks.update({
          block_id: notionId('hello'),
          paragraph: words('x'),
        });
      notion.sandbox.workspace.remove(notionId('hello'));
      expect(await failure(update())).toMatchObject({
        status: 400,
        code: 'validation_error',
      });
      notion.sandbox.workspace.unshare(notionId('root'));
      expect(await failure(update())).toMatchObject({
        status: 404,
        code: 'object_not_found',
      });
    });
  });

  describe('pages.update', () => {
    const title = [{ text: { content: 'Limits' } }];

    it.each([
      ['a page', 'child', 'title', 'title'],
      ['a row, by the name of the property', 'row', 'Name', 'Name'],
      ['a row, by its id', 'row', 'title', 'Name'],
    ])('retitles %s', async (_what, key, property, shown) => {
      await notion.client.pages.update({
        page_id: notionId(key),
        properties: { [property]: { title } },
      });
      expect((await pageOf(key)).properties[shown]).toMatchObject({
        title: [{ plain_text: 'Limits' }],
      });
    });

    it('puts a page in the trash and takes it out again', async () => {
      const id = notionId('child');
      const answer = await notion.client.pages.update({
        page_id: id,
        in_trash: true,
      });
      expect(answer).toMatchObject({ in_trash: true });
      expect(await childrenOf('root')).not.toContain(id);
      await notion.client.pages.update({ page_id: id, in_trash: false });
      expect(await childrenOf('root')).toContain(id);
    });

    it('refuses a property that there is not, and does not find a page that is a block', async () => {
      expect(
        await failure(
          notion.client.pages.update({
            page_id: notionId('child'),
            in_trash: true,
            properties: { Status: { title } },
          }),
        ),
      ).toMatchObject({ status: 400, code: 'validation_error' });
      expect(await pageOf('child')).toMatchObject({ in_trash: false });
      expect(
        await failure(
          notion.client.pages.update({ page_id: notionId('hello') }),
        ),
      ).toMatchObject({ status: 404, code: 'object_not_found' });
    });
  });

  describe('pages.move', () => {
    const move = (key: string, to: string) =>
      notion.client.pages.move({
        page_id: notionId(key),
        parent: { page_id: notionId(to) },
      });

    it('puts a page below another, last', async () => {
      const answer = await move('child', 'other');
      expect(answer).toMatchObject({
        parent: { type: 'page_id', page_id: notionId('other') },
      });
      expect((await childrenOf('other')).at(-1)).toBe(notionId('child'));
      expect(await childrenOf('root')).not.toContain(notionId('child'));
    });

    it('refuses to move a page below itself', async () => {
      expect(await failure(move('root', 'child'))).toMatchObject({
        status: 400,
        code: 'validation_error',
      });
      expect(await childrenOf('root')).toContain(notionId('child'));
    });

    it('does not find a page that nobody shared', async () => {
      expect(await failure(move('child', 'nowhere'))).toMatchObject({
        status: 404,
        code: 'object_not_found',
      });
    });

    it('refuses a parent that is not named', async () => {
      const error = await failure(
        notion.client.pages.move({
          page_id: notionId('child'),
          parent: { data_source_id: notionId('table') },
        }),
      );
      expect(error).toMatchObject({ status: 400, code: 'validation_error' });
    });
  });
});
