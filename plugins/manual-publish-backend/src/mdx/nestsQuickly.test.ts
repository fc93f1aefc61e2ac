import { isPlainMdx } from './isPlainMdx';
import { nestsQuickly } from './nestsQuickly';

describe('MDX of a writer that nests with each line or marker', () => {
  // Of 20 kB each. Reading them took from 7 to 40 seconds, in which the process did nothing else.
  it.each([':::note x\n', '> :::tip\n', '1. ', '- ', '> ', '>'])(
    'is refused without being read: %j',
    part => {
      const started = performance.now();
      expect(isPlainMdx(part.repeat(Math.ceil(20_000 / part.length)))).toBe(
        false,
      );
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  it.each([
    ['fifty admonitions', ':::note x\n\na\n\n:::\n\n'.repeat(50)],
    ['long lists', '- a\n'.repeat(1_000)],
    ['long quotes', '> a\n'.repeat(1_000)],
    ['rules and tables', `${'-'.repeat(300)}\n`],
    ['numbers', '1'.repeat(20_000)],
  ])('may have %s', (_, text) => {
    expect(nestsQuickly(text)).toBe(false);
  });
});
