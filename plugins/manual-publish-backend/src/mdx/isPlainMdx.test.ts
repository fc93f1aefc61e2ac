import { isPlainMdx } from './isPlainMdx';

// Docusaurus escapes `{#` in what looks like a heading before it parses, and so ends what the brace began.
describe('MDX of a writer with what Docusaurus takes for the id of a heading', () => {
  it.each([
    '# :a{#b title="{process.env.HOME}"}',
    'text\n\n###### :a[b]{#c d="{process.env.HOME}"}',
    ':::note A\n\n# :a{#b title="{process.env.HOME}"}\n\n:::',
  ])('is not plain where that runs an expression (%#)', mdx => {
    expect(isPlainMdx(mdx)).toBe(false);
  });

  it.each([
    '# `{#a}`',
    '# A `code {#a}`',
    '## A **B \\{#c}**',
    '## A [B \\{#c}](https://a.b)',
    '## A \\{#**b}**',
    '> ## A ~~B \\{#c d}~~\n',
  ])('is not plain where the heading loses its last words (%#)', mdx => {
    expect(isPlainMdx(mdx)).toBe(false);
  });

  it.each([
    '# `{#a}` b',
    '# A **b** \\{#c}',
    '# A **b \\{#c}** {/* #d */}',
    '# A **b {/* #d */}**',
    '# A \\{#b}',
    '~~~bash\n# ${#list[@]}\n~~~',
    '# :a{#b title="c"}',
    ' # :a{#b title="{process.env.HOME}"}',
  ])('is plain where it runs nothing (%#)', mdx => {
    expect(isPlainMdx(mdx)).toBe(true);
  });
});
