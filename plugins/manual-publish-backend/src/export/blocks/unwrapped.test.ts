import { blocks as b } from '@herald/sandbox';
import { mdxOf } from '../__testUtils__/mdxOf';

const mdx = b.code('<Columns>\n</Columns>', 'matlab');
const fenced = ['```mdx-code-block', '<Columns>', '</Columns>', '```'];

// Docusaurus takes the fences away only where nothing but spaces is before them in their line.
describe('MDX of a writer', () => {
  it('in a quote makes an element of it', () => {
    expect(mdxOf(b.quote('q').with(mdx))).toBe(
      ['<blockquote>', '', 'q', '', ...fenced, '', '</blockquote>'].join('\n'),
    );
  });

  it('makes elements of all quotes that it is in, however deep', () => {
    expect(
      mdxOf(b.quote('q').with(b.bulleted('a').with(b.quote('').with(mdx)))),
    ).toBe(
      [
        '<blockquote>',
        '',
        'q',
        '',
        '- a',
        '',
        '  <blockquote>',
        '',
        ...fenced.map(line => `  ${line}`),
        '',
        '  </blockquote>',
        '',
        '</blockquote>',
      ].join('\n'),
    );
  });

  it.each([
    ['a list', b.bulleted('').with(mdx), '- '],
    ['a numbered list', b.numbered('').with(mdx), '1. '],
    ['a list in a list', b.toDo('').with(b.bulleted('').with(mdx)), '- - '],
  ])('that begins an item of %s is in an element', (_, list, marker) => {
    const lines = ['<div>', '', ...fenced, '', '</div>'];
    const indented = lines.map(line =>
      line === '' ? line : `${' '.repeat(marker.length)}${line}`,
    );
    expect(mdxOf(list)).toBe(
      `${marker}${indented.join('\n').slice(marker.length)}`,
    );
  });

  it('that is refused leaves its quote as it is', () => {
    expect(mdxOf(b.quote('q').with(b.code('{x}', 'matlab')))).toBe(
      '> q\n>\n> ```jsx\n> {x}\n> ```',
    );
  });
});
