import { blocks as b, rich } from '@herald/sandbox';
import { convert } from '../__testUtils__/mdxOf';

const deep = `${'\\boxed{'.repeat(60)}x${'}'.repeat(60)}`;

// The compiler of Docusaurus ends by a segmentation fault at such a formula, and names no page.
describe('a formula that is too deep for the site', () => {
  it('is shown as what it was written as, with a warning, when it is a block', () => {
    const { text, codes } = convert({}, b.equation(deep));
    expect(text).toBe('```latex\n' + `${deep}\n` + '```');
    expect(codes).toEqual(['unsupported-block']);
  });

  it('is so among text, too', () => {
    const { text, codes } = convert(
      {},
      b.paragraph('a ', rich.inlineEquation(deep), ' b'),
    );
    expect(text).toBe(`a \`${deep}\` b`);
    expect(codes).toEqual(['unsupported-block']);
  });

  it.each([
    `$$\n${deep}\n$$`,
    `a $${deep}$ b`,
    `~~~math\n${deep}\n~~~`,
    `~~~math&#32;a\n${deep}\n~~~`,
  ])('has MDX of a writer shown as code (%#)', mdx => {
    const { text, codes } = convert({}, b.code(mdx, 'matlab'));
    expect(text).toBe('```jsx\n' + `${mdx}\n` + '```');
    expect(codes).toEqual(['mdx-refused']);
  });
});
