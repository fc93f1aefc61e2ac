import { blocks as b, rich } from '@herald/sandbox';
import { mdxOf } from '../export/__testUtils__/mdxOf';
import { isPlainMdx } from './isPlainMdx';

// Docusaurus puts formulas, alternative texts and the like of headings into the contents of a page as HTML, unescaped.
describe('what headings put into the contents of their page', () => {
  it.each([
    '## A $\\text{<img src=x onerror=alert(1)>}$',
    '## A **{"<img src=x onerror=alert(1)>"}**',
    '## ![\\<img src=x onerror=alert(1)>](https://a.b/c.png)',
    '## :b[\\<img src=x onerror=alert(1)>]',
    '## [\\<img src=x onerror=alert(1)>][a]\n\n[a]: https://a.b',
    '## $a <$![img src=x onerror=alert(1)>](https://a.b/c.png)',
    '## A {/* <script> */} b',
  ])('is no tag of a writer’s MDX (%#)', mdx => {
    expect(isPlainMdx(mdx)).toBe(false);
  });

  it.each([
    '## A $a < b <= c <1$',
    '## \\<img src=x> `<img src=x>` **\\<b>** <kbd>\\<b></kbd>',
    'A $\\text{<b>}$ {"<b>"}',
  ])('is plain where it is no tag, or escaped (%#)', mdx => {
    expect(isPlainMdx(mdx)).toBe(true);
  });

  it('is no tag of a formula, which looks the same', () => {
    expect(
      mdxOf(
        b.heading2(rich.inlineEquation('a<b \\text{<img src=x>} < 1')),
        b.paragraph(rich.inlineEquation('a<b')),
      ),
    ).toBe(
      '## $a<{}b \\text{<{}img src=x>} < 1$ {/* #ab-textimg-srcx--1 */}\n\n$a<b$',
    );
  });
});
