import { Root } from 'mdast';
import { MdxFault } from './MdxFault';
import { proveMdx } from './proveMdx';
import { readMdx } from './readMdx';

const options = { headingIds: 'mdx' } as const;

async function faultOf(mdx: string, tree?: Root): Promise<unknown> {
  return proveMdx(mdx, tree ?? readMdx(mdx, options), options).catch(
    (error: unknown) => error,
  );
}

describe('the proof', () => {
  it('holds for a text and its tree', async () => {
    expect(
      await faultOf(
        '---\ntitle: a\n---\n\n:::note\n$x$ <u>a</u>\n:::\n\n| a |\n| - |\n| b |',
      ),
    ).toBeUndefined();
  });

  it('names the place of what does not compile', async () => {
    const fault = await faultOf('a\n\nb {', { type: 'root', children: [] });
    expect(fault).toBeInstanceOf(MdxFault);
    expect(fault).toMatchObject({ line: 3 });
  });

  it('names what is read in place of what was written', async () => {
    const fault = await faultOf('a\n\n# b', readMdx('a\n\n\\# b', options));
    expect(fault).toBeInstanceOf(MdxFault);
    expect(fault).toMatchObject({
      line: 3,
      column: 1,
      reason: expect.stringMatching(
        /heading .* is read where paragraph .* was written/,
      ),
    });
  });

  it.each([
    ['text', 'ab', 'a'],
    ['a block at the end', 'a\n\nb', 'a'],
    ['a block that is missing', 'a', 'a\n\nb'],
    ['the address of a link', '[a](b)', '[a](c)'],
    ['an attribute', '<Video url="a" />', '<Video url="b" />'],
    ['the language of code', '```js\n```', '```ts\n```'],
    ['an id', '# a {/* #b */}', '# a {/* #c */}'],
    ['whether something is done', '- [x] a', '- [ ] a'],
    ['where a list begins', '2. a', '1. a'],
    ['a title', ':::note[a]\n:::', ':::note\na\n:::'],
  ])('fails for %s', async (_, mdx, other) => {
    expect(await faultOf(mdx, readMdx(other, options))).toBeInstanceOf(
      MdxFault,
    );
  });

  it('holds for what only looks otherwise', async () => {
    expect(
      await faultOf('* a\n\n* b', readMdx('- a\n- b', options)),
    ).toBeUndefined();
    expect(
      await faultOf('a<strong>b</strong>', readMdx('a**b**', options)),
    ).toBeUndefined();
  });

  it('reads a page as Docusaurus does, that takes fences of MDX away', async () => {
    expect(await faultOf('```mdx-code-block\n<Tabs />\n```')).toBeUndefined();
    expect(await faultOf('```mdx-code-block\n<Tabs>\n```')).toBeInstanceOf(
      MdxFault,
    );
  });
});
