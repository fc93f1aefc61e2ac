import {
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import { jsxBlock, jsxText } from './jsx';
import { HeadingIds } from './MdxOptions';
import { proveMdx } from './proveMdx';
import { readMdx } from './readMdx';
import { writeMdx } from './writeMdx';

const options = { headingIds: 'mdx' } as const;
const text = (value: string): PhrasingContent => ({ type: 'text', value });
const paragraph = (...children: PhrasingContent[]): Paragraph => ({
  type: 'paragraph',
  children,
});
const root = (...children: RootContent[]): Root => ({ type: 'root', children });

/** Writes, proves, and gives what was written. */
async function written(
  tree: Root,
  headingIds: HeadingIds = 'mdx',
): Promise<string> {
  const mdx = writeMdx(tree, { headingIds });
  await proveMdx(mdx, tree, { headingIds });
  return mdx.trimEnd();
}

describe('what is written', () => {
  it('begins with front matter', async () => {
    const tree = root(
      { type: 'yaml', value: 'title: "a: b"' },
      paragraph(text('x')),
    );
    expect(await written(tree)).toBe('---\ntitle: "a: b"\n---\n\nx');
  });

  it.each([
    ['mdx', '## A {/* #a */}'],
    ['classic', '## A \\{#a}'],
  ] as const)(
    'has ids of headings in the form %s, also in lists and quotes',
    async (ids, heading) => {
      const node: RootContent = {
        type: 'heading',
        depth: 2,
        data: { id: 'a' },
        children: [text('A')],
      };
      const mdx = await written(
        root({ type: 'blockquote', children: [node] }),
        ids,
      );
      expect(mdx).toBe(`> ${heading}`);
      expect(readMdx(mdx, { headingIds: ids }).children[0]).toMatchObject({
        children: [
          { type: 'heading', data: { id: 'a' }, children: [{ value: 'A' }] },
        ],
      });
    },
  );

  it('keeps headings apart from ids that they speak of', async () => {
    const heading: RootContent = {
      type: 'heading',
      depth: 2,
      data: { id: 'a' },
      children: [text('A {#b}')],
    };
    expect(await written(root(heading), 'classic')).toBe('## A \\{#b} \\{#a}');
  });

  it('is JSX by lines that are not indented, with empty lines around Markdown', async () => {
    const tree = root(
      jsxBlock('Columns', {}, [
        jsxBlock('Column', { width: '40' }, [paragraph(text('a'))]),
      ]),
    );
    expect(await written(tree)).toBe(
      '<Columns>\n<Column width="40">\n\na\n\n</Column>\n</Columns>',
    );
  });

  it('has attributes that come back as they were', async () => {
    const hostile = 'a "b" \'c\' {d} <e> &amp; &quot; \\ `f`\n\tg 中文 \u2028';
    const tree = root(jsxBlock('Bookmark', { url: hostile }));
    expect(await written(tree)).not.toContain('\ng');
  });

  it('has emphasis that a translation puts anywhere', async () => {
    const strong = (value: string): PhrasingContent => ({
      type: 'strong',
      children: [text(value)],
    });
    expect(
      await written(
        root(paragraph(text('文'), strong(' 「重要」 '), text('文'))),
      ),
    ).toBe('文<strong> 「重要」 </strong>文');
    expect(
      await written(root(paragraph(strong('a'), strong('b'), text('c')))),
    ).toContain('<strong>');
  });

  it('keeps code and formulas apart that touch', async () => {
    const code: PhrasingContent = { type: 'inlineCode', value: 'a' };
    const math: PhrasingContent = { type: 'inlineMath', value: 'x' };
    expect(
      await written(root(paragraph(code, code, math, math, text(' ')))),
    ).toContain('`a`<span>`a`</span>$x$<span>$x$</span>');
  });

  it('has lists that do not begin with 1 below a text', async () => {
    const seven: List = {
      type: 'list',
      ordered: true,
      start: 7,
      children: [{ type: 'listItem', children: [paragraph(text('c'))] }],
    };
    const bullets = (...children: ListItem['children']): List => ({
      type: 'list',
      ordered: false,
      children: [{ type: 'listItem', children }],
    });
    expect(
      await written(root(bullets(paragraph(text('a')), bullets(seven)))),
    ).toBe('- a\n\n  - 7. c');
  });

  it('has lists that begin with nothing below a text', async () => {
    const listOf = (
      ordered: boolean,
      ...children: ListItem['children']
    ): List => ({
      type: 'list',
      ordered,
      ...(ordered ? { start: 1 } : {}),
      children: [{ type: 'listItem', children }],
    });
    const empty = listOf(true);
    const tree = root(
      listOf(false, paragraph(text('a')), listOf(false, empty)),
    );
    expect(await written(tree)).toBe('- a\n\n  - 1.');
  });

  // An emoji after a colon may be the name of a directive.
  it.each([':smile:🇰🇷', 'a] :b[c](d)', '&amp; `x` {y} <z>', 'a | b:🇰🇷'])(
    'has alternative text that comes back as it was: %s',
    async alt => {
      const image: PhrasingContent = { type: 'image', url: '@site/a.png', alt };
      const cell: RootContent = {
        type: 'table',
        children: [
          {
            type: 'tableRow',
            children: [{ type: 'tableCell', children: [image] }],
          },
        ],
      };
      const mdx = await written(root(paragraph(image), cell));
      expect(readMdx(mdx, options).children[0]).toMatchObject({
        children: [{ type: 'image', url: '@site/a.png', alt }],
      });
    },
  );

  it('keeps a mark of encoding that is text', async () => {
    expect(await written(root(paragraph(text('\ufeffa'))))).toBe('&#xFEFF;a');
  });

  it('hardens only the paragraph that needs it', async () => {
    const strange = paragraph(
      text('a'),
      text(' $'),
      { type: 'inlineMath', value: '$' },
      text('$\t'),
    );
    const mdx = await written(
      root({
        type: 'blockquote',
        children: [strange, paragraph(text('1. *plain*'))],
      }),
    );
    expect(mdx).toContain('1\\. \\*plain\\*');
  });
});

describe('what is read', () => {
  it('has the Markdown that elements stand for', () => {
    const tree = readMdx(
      'a<strong>b</strong><em>c</em><del>d</del><br /><code>e|</code><span>f</span>\n\n<p><u>g</u></p>',
      options,
    );
    expect(tree.children).toMatchObject([
      {
        children: [
          { value: 'a' },
          { type: 'strong' },
          { type: 'emphasis' },
          { type: 'delete' },
          { type: 'break' },
          { type: 'inlineCode', value: 'e|' },
          { type: 'text', value: 'f' },
        ],
      },
      { type: 'paragraph', children: [{ name: 'u' }] },
    ]);
  });

  it('leaves elements alone that say more', () => {
    const tree = readMdx('a <span className="x">b</span>', options);
    expect(tree.children).toMatchObject([{ children: [{}, { name: 'span' }] }]);
    expect(jsxText('u').children).toEqual([]);
  });
});
