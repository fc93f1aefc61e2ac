import { blocks as b, rich } from '@herald/sandbox';
import { mdxOf } from '../__testUtils__/mdxOf';

// Docusaurus changes texts before it parses them, whether they are code or not. `examples/docs-site` shows what comes of it.
describe('code that Docusaurus would change before it parses', () => {
  it('has a space before it where a line looks like a heading with an id', () => {
    expect(
      mdxOf(b.paragraph('a'), b.code('# ${#list[@]} items\n\n\tx', 'bash')),
    ).toBe('a\n\n ```bash\n # ${#list[@]} items\n\n \tx\n ```');
  });

  it('has none where no line does', () => {
    expect(mdxOf(b.code('# items\nx=${#list[@]}', 'bash'))).toBe(
      '```bash\n# items\nx=${#list[@]}\n```',
    );
  });

  // Another space would move the content of an item away from what follows in it.
  it('has none in an item or a quote, where markers or spaces are before each line', () => {
    const below = [b.code('# ${#a}'), b.paragraph('x')];
    expect(mdxOf(b.bulleted('').with(...below))).toBe(
      '- ```text\n  # ${#a}\n  ```\n\n  x',
    );
    expect(mdxOf(b.quote('').with(...below))).toBe(
      '> ```text\n> # ${#a}\n> ```\n>\n> x',
    );
  });

  it('has a tab between the kind of an admonition and its title', () => {
    expect(mdxOf(b.code(':::note Title\n> ::::tip  More', 'markdown'))).toBe(
      '```markdown\n:::note\tTitle\n> ::::tip\t More\n```',
    );
    expect(mdxOf(b.equation(':::note x'))).toBe('$$\n:::note\tx\n$$');
  });

  it('is not MDX of a writer, where a title is one', () => {
    const mdx = ':::note Title\n\ntext\n\n:::';
    expect(mdxOf(b.code(mdx, 'matlab'))).toBe(
      '```mdx-code-block\n' + `${mdx}\n` + '```',
    );
  });

  it('is an element in a heading', () => {
    expect(mdxOf(b.heading2(['A ', rich.inlineCode('{#a}')]))).toMatch(
      /^## A <code>&#x7b;&#x23;a&#x7d;<\/code>/,
    );
  });
});
