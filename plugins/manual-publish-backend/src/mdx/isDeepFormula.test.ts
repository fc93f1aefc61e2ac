import { isDeepFormula } from './isDeepFormula';

const nested = (open: string, close: string, times: number) =>
  `${open.repeat(times)}x${close.repeat(times)}`;

describe('a formula', () => {
  it.each([
    ['\\boxed{', '}'],
    ['x_{', '}'],
    ['\\left(', '\\right)'],
    ['\\left\\{', '\\right\\}'],
    ['\\sqrt\\bgroup ', '\\egroup '],
    ['\\sqrt\\begingroup ', '\\endgroup '],
  ])('may have 20 of %s%s in each other, and no more', (open, close) => {
    expect(isDeepFormula(nested(open, close, 20))).toBe(false);
    expect(isDeepFormula(nested(open, close, 21))).toBe(true);
  });

  it('may have environments in each other', () => {
    const matrix = ['\\begin{matrix}', '\\end{matrix}'] as const;
    expect(isDeepFormula(nested(...matrix, 19))).toBe(false);
    expect(isDeepFormula(nested(...matrix, 21))).toBe(true);
  });

  it.each(['\\frac{1}{2}+', '\\{', '\\leftarrow ', '\\left( x \\right)'])(
    'may have any number of %s beside each other',
    part => {
      expect(isDeepFormula(part.repeat(200))).toBe(false);
    },
  );

  const deep = nested('\\boxed{', '}', 60);

  it.each([
    ['a comment', `%${'}'.repeat(60)}\n${deep}`],
    ['literal text', `\\verb|${'}'.repeat(60)}|${deep}`],
    ['literal text with a star', `\\verb*a${'}'.repeat(60)}a${deep}`],
    ['a percent sign of an address', `\\href{%}{y}${deep}`],
    ['what is no comment', `\\%${deep}`],
  ])('hides nothing behind %s', (_, tex) => {
    expect(isDeepFormula(tex)).toBe(true);
  });

  it.each([
    '\\def\\a#1{\\boxed{\\boxed{#1}}}\\a{\\a{x}}',
    '\\newcommand{\\a}[1]{\\boxed{#1}}\\a{x}',
    '\\let\\a={\\a\\a x}}',
    '\\def\\a{\\sqrt\\bgroup}\\a\\a x\\egroup\\egroup',
    `${'\\def\\a{a}'.repeat(21)}`,
  ])('does not define words that may nest with each use (%#)', tex => {
    expect(isDeepFormula(tex)).toBe(true);
  });

  it.each([
    '\\newcommand{\\R}{\\mathbb{R}} x\\in\\R',
    '\\def\\d{\\mathrm{d}} \\int f\\,\\d x',
    '100\\% % }\nx_{a}',
    '\\verb|{|\\verb|{|'.repeat(20),
    '\\href{https://example.com}{x}',
  ])('may have short names, comments and literal text (%#)', tex => {
    expect(isDeepFormula(tex)).toBe(false);
  });
});
