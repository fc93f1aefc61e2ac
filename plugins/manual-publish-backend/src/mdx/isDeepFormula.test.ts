import fc from 'fast-check';
import katex from 'katex';
import { isDeepFormula } from './isDeepFormula';

const nested = (open: string, close: string, times: number) =>
  `${open.repeat(times)}x${close.repeat(times)}`;

/** Of the elements that it is in the browser. */
function depthOf(tex: string): number {
  const html = katex.renderToString(tex, {
    throwOnError: false,
    strict: 'ignore',
  });
  let depth = 0;
  let deepest = 0;
  for (const [, end, , empty] of html.matchAll(
    /<(\/?)([a-z]+)[^>]*?(\/?)>/gi,
  )) {
    if (!empty) depth += end ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

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
    ['words in another case', `${'\\Right{}'.repeat(60)}${deep}`],
    ['words of an address', `\\href{${'\\egroup'.repeat(60)}}{y}${deep}`],
    ['the number of a character', `${'\\char`}'.repeat(60)}${deep}`],
    ['what a word takes away', `${'x\\underrightarrow\\show x'.repeat(60)}`],
    ['a name that ends elsewhere', `${'\\end@x{}'.repeat(60)}${deep}`],
  ])('hides nothing behind %s', (_, tex) => {
    expect(isDeepFormula(tex)).toBe(true);
  });

  it('may change fonts and sizes a few times, each of which holds all that follows', () => {
    expect(isDeepFormula('\\rm a\\displaystyle b'.repeat(100))).toBe(false);
    expect(isDeepFormula('\\rm a'.repeat(201))).toBe(true);
    expect(isDeepFormula('\\color{red}a'.repeat(201))).toBe(true);
    expect(isDeepFormula('\\Large a'.repeat(201))).toBe(true);
    expect(isDeepFormula('\\Large a\\atop b'.repeat(20))).toBe(false);
    expect(isDeepFormula('\\Large a\\atop b'.repeat(21))).toBe(true);
  });

  it('may have accents on a character, each of which is around the one before', () => {
    expect(isDeepFormula(`a${'\u0301'.repeat(20)}`)).toBe(false);
    expect(isDeepFormula(`a${'\u0301'.repeat(21)}`)).toBe(true);
    expect(isDeepFormula('a\u0301'.repeat(200))).toBe(false);
  });

  it('has 10,000 characters at most', () => {
    expect(isDeepFormula('x'.repeat(10_000))).toBe(false);
    expect(isDeepFormula('x'.repeat(10_001))).toBe(true);
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
    '\\href{https://example.com/a\\_b?c=d\\#e}{x}',
    '\\includegraphics[height=1em]{https://example.com/a.png}',
  ])('may have short names, comments and literal text (%#)', tex => {
    expect(isDeepFormula(tex)).toBe(false);
  });

  // A page of elements as deep as those of 40 boxes is built; one of 60 is not.
  it('is no deeper in the browser than a site can be built with, however it is made', () => {
    // What `\show` shows, and each character that KaTeX has no measures of, would be thousands of lines.
    for (const method of ['log', 'warn'] as const) {
      jest.spyOn(console, method).mockImplementation();
    }
    const part = fc.constantFrom(
      ...['{', '}', '[', ']', '^', '_', '(', ')', '|', '&', 'x', '1', "'"],
      ...['%', '\n', ' ', '#', '~', '`', '\\\\', '\\{', '\\}', '\u0301'],
      ...'left( right) Left( begin{matrix} end{matrix} bgroup egroup'
        .split(' ')
        .map(word => `\\${word}`),
      ...'boxed sqrt frac overset underrightarrow text mathrm rm large color atop'
        .split(' ')
        .map(word => `\\${word} `),
      ...'mathop href{ html url{ char def\\a newcommand\\a a let\\a show verb'
        .split(' ')
        .map(word => `\\${word}`),
    );
    const parts = fc
      .array(part, { minLength: 1, maxLength: 5 })
      .map(each => each.join(''));
    fc.assert(
      fc.property(parts, parts, (before, after) => {
        const times = Math.floor(3_000 / (before.length + after.length));
        const tex = `${before.repeat(times)}x${after.repeat(times)}`;
        expect(isDeepFormula(tex) || depthOf(tex) < 330).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    jest.restoreAllMocks();
  });
});
