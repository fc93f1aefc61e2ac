import { blocks as b, notionId, rich } from '@herald/sandbox';
import { convert, mdxOf } from '../__testUtils__/mdxOf';

const paragraph = (...parts: Parameters<typeof b.paragraph>) =>
  mdxOf(b.paragraph(...parts));

describe('styles', () => {
  it('are kept when they say something, colours are not', () => {
    expect(
      paragraph(
        rich.bold('b'),
        ' ',
        rich.italic('i'),
        ' ',
        rich.inlineCode('c'),
        ' ',
        rich.text('s', { strikethrough: true }),
        ' ',
        rich.text('u', { underline: true }),
        ' ',
        rich.text('m', { color: 'yellow_background' }),
        ' ',
        rich.coloured('red', 'red'),
        ' ',
        rich.inlineEquation('x^2'),
      ),
    ).toBe('**b** _i_ `c` ~~s~~ <u>u</u> <mark>m</mark> red $x^2$');
  });

  it.each([
    ['x % of\n+ y', '$x + y$'],
    ['x % {\n+ y\\% of\\\\% z', '$x + y\\% of\\\\$'],
    ['50\\%\n x', '$50\\% x$'],
    ['\\verb|%|\n + \\verb*a%a % b', '$\\verb|%| + \\verb*a%a$'],
    ['\\verbatim% a\n b', '$\\verbatim b$'],
    ['\\\\%a\n b', '$\\\\ b$'],
  ])('leave out comments of a formula, and nothing else: %j', (tex, text) => {
    expect(paragraph(rich.inlineEquation(tex))).toBe(text);
  });

  it('leave white space at their edges outside', () => {
    expect(paragraph('a', rich.bold(' b '), 'c', rich.italic('  '), 'd')).toBe(
      'a **b** c  d',
    );
  });

  it('of neighbours are one', () => {
    expect(paragraph(rich.bold('one '), rich.bold('two'), ' three')).toBe(
      '**one two** three',
    );
  });

  it.each([
    ['**中文。**文', '中文。', '文', '<strong>中文。</strong>文'],
    ['quotes', '‘키’', '를', '<strong>‘키’</strong>를'],
    ['brackets', '設定（必須）：', '次', '<strong>設定（必須）：</strong>次'],
    ['words', '中文', '文', '**中文**文'],
    ['punctuation outside as well', '中文。', '，文', '**中文。**，文'],
  ])(
    'next to punctuation are elements where markers would not be read: %s',
    (_, inside, after, written) => {
      expect(paragraph(rich.bold(inside), after)).toBe(written);
    },
  );

  it('of a paragraph that has nothing else leave it a paragraph', () => {
    expect(paragraph(rich.text('all', { underline: true }))).toBe(
      '<p><u>all</u></p>',
    );
  });
});

describe('text that looks like syntax', () => {
  it.each([
    ['import React from "react"', '&#x69;mport React from "react"'],
    ['export const a = {}', '&#x65;xport const a = \\{}'],
    ['important', 'important'],
    ['{a} <b> </b> <!-- c -->', '\\{a} \\<b> \\</b> \\<!-- c -->'],
    [':::note', '::\\:note'],
    [':name[label]{a=b}', '\\:name\\[label]\\{a=b}'],
    ['# a', '\\# a'],
    ['---', '\\---'],
    ['$a$', '\\$a\\$'],
    ['a\\', 'a\\\\'],
    ['&amp;', '\\&amp;'],
    ['see www.example.com', 'see <span>www</span>.example.com'],
    ['a@b.c', 'a<span>@</span>b.c'],
    ['http://example.com', '<span>http</span>://example.com'],
    ['שלום (v1.0)\u200f', 'שלום (v1.0)\u200f'],
    ['👩🏽‍💻 a\u200bb', '👩🏽‍💻 a\u200bb'],
  ])('is text: %s', (text, written) => {
    expect(paragraph(text)).toBe(written);
  });

  it('loses only what is no character', () => {
    expect(paragraph('a\0b\ud800c\u0001d\r\ne')).toBe('a\ufffdb\ufffdcd\\\ne');
  });
});

describe('mentions', () => {
  const linkTo = () => './a.mdx';

  it('of pages and databases are links by their title', () => {
    const draft = b.paragraph(
      rich.mention.page(notionId('a'), 'Old'),
      ' ',
      rich.mention.database(notionId('b'), 'DB'),
    );
    expect(convert({ linkTo }, draft).text).toBe(
      '[Old](./a.mdx) [DB](./a.mdx)',
    );
    const titleOf = () => 'New';
    expect(convert({ linkTo, titleOf }, draft).text).toBe(
      '[New](./a.mdx) [New](./a.mdx)',
    );
  });

  it('of people, dates, templates and emoji are what Notion shows', () => {
    expect(
      paragraph(
        rich.mention.user(),
        ' ',
        rich.mention.date('2026-11-22', '2026-11-24'),
        ' ',
        rich.mention.template_mention(),
        ' ',
        rich.mention.custom_emoji('zcp'),
      ),
    ).toBe('@Mina Writer 2026-11-22 → 2026-11-24 @Today \\:zcp:');
  });

  it('of links are links', () => {
    expect(
      paragraph(
        rich.mention.link_preview('https://e.com/1'),
        ' ',
        rich.mention.link_mention('https://e.com/2', 'A post'),
      ),
    ).toBe('[https://e.com/1](https://e.com/1) [A post](https://e.com/2)');
  });
});
