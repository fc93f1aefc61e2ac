import { isDeepFormula } from './isDeepFormula';

const nested = (open: string, close: string, times: number) =>
  `${open.repeat(times)}x${close.repeat(times)}`;

describe('a formula', () => {
  it.each([
    ['\\boxed{', '}'],
    ['x_{', '}'],
    ['\\left(', '\\right)'],
    ['\\left\\{', '\\right\\}'],
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
});
