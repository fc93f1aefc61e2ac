/* eslint-disable no-script-url -- what pages must not link to */
import { blocks as b, notionId, rich } from '@herald/sandbox';
import { convert } from '../__testUtils__/mdxOf';

const PAGE = 'a'.repeat(32);
const linkTo = ({ pageId, blockId }: { pageId: string; blockId?: string }) =>
  pageId.startsWith('aaaaaaaa') ? `../a.mdx${blockId ? '#b' : ''}` : undefined;
const follow = (href: string) =>
  convert({ linkTo }, b.paragraph(rich.link('text', href)));

describe('a link', () => {
  it('to a page of the export goes to its file, to a block to its heading', () => {
    expect(follow(`https://www.notion.so/T-${PAGE}`).text).toBe(
      '[text](../a.mdx)',
    );
    expect(follow(`/${PAGE}#${'b'.repeat(32)}`).text).toBe(
      '[text](../a.mdx#b)',
    );
  });

  it('to a page outside goes to Notion, with a warning', () => {
    const { text, codes } = follow(`/T-${'c'.repeat(32)}`);
    expect(text).toBe(`[text](https://www.notion.so/T-${'c'.repeat(32)})`);
    expect(codes).toEqual(['link-outside']);
  });

  it('to this page by a block alone asks for this page', () => {
    const asked: unknown[] = [];
    convert(
      {
        linkTo: target => {
          asked.push(target);
          return '#x';
        },
      },
      b.paragraph(rich.link('text', `#${PAGE}`)),
    );
    expect(asked).toEqual([
      {
        pageId: notionId('page'),
        blockId: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa',
      },
    ]);
  });

  it.each([
    ['https://example.com/a?b=c#d', '[text](https://example.com/a?b=c#d)'],
    ['mailto:a@b.c', '[text](mailto\\:a@b.c)'],
    ['https://example.com/a b', '[text](https://example.com/a%20b)'],
    ['https://www.notion.so/help', '[text](https://www.notion.so/help)'],
  ])('to %s is kept', (href, written) => {
    expect(follow(href)).toMatchObject({ text: written, codes: [] });
  });

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'pathname:///x',
    'example.com',
    './relative',
    'http://[',
    '#top',
  ])('to %s is its text, with a warning', href => {
    expect(follow(href)).toMatchObject({
      text: 'text',
      codes: ['link-dropped'],
    });
  });
});
