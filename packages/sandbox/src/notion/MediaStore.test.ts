import { isFullBlock } from '@notionhq/client';
import { NotionUnderTest } from '../__testUtils__/NotionUnderTest';
import { image, video } from './blocks';
import { page } from './drafts';
import { notionId } from './ids';

describe('media of the Notion stand-in', () => {
  const notion = new NotionUnderTest();
  afterEach(() => notion.stop());

  async function fileUrl(blockId: string): Promise<string> {
    const block = await notion.client.blocks.retrieve({ block_id: blockId });
    if (!isFullBlock(block)) throw new Error('Partial block');
    const medium =
      (block.type === 'image' && block.image) ||
      (block.type === 'video' && block.video);
    if (!medium || medium.type !== 'file')
      throw new Error(`No file: ${block.type}`);
    return medium.file.url;
  }

  it('are served for an hour, then need a new URL from the block', async () => {
    await notion.start({
      pages: [page('M').as('m').with(image('console.png').as('picture'))],
    });
    const url = await fileUrl(notionId('picture'));
    notion.clock.advance(3_599_000);
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    notion.clock.advance(1_000);
    expect((await fetch(url)).status).toBe(403);
    const renewed = await fileUrl(notionId('picture'));
    expect(renewed).not.toBe(url);
    expect((await fetch(renewed)).status).toBe(200);
  });

  it('are refused when the signature is not theirs', async () => {
    await notion.start({
      pages: [page('M').as('m').with(image('photo.jpg').as('picture'))],
    });
    const url = await fileUrl(notionId('picture'));
    expect((await fetch(url.replace('photo.jpg', 'console.png'))).status).toBe(
      403,
    );
  });

  it('can claim to be huge', async () => {
    await notion.start({
      pages: [page('M').as('m').with(video('huge.mp4').as('film'))],
    });
    const response = await fetch(await fileUrl(notionId('film')));
    expect(response.headers.get('content-length')).toBe(String(5 * 1024 ** 3));
    await expect(response.arrayBuffer()).rejects.toThrow();
  });
});
