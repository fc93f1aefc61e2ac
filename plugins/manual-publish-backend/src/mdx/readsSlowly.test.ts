import { isPlainMdx } from './isPlainMdx';
import { readsSlowly } from './readsSlowly';

describe('MDX of a writer that nests with each line or marker, or is very long', () => {
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

  // The first two would be read for minutes, the others for some seconds.
  it.each(['](', 'a*b_', '{\n\n</b>{1}', '`{1}{{1}', '\u4e2d{&}'])(
    'is refused where it is long: %j',
    part => {
      const started = performance.now();
      expect(isPlainMdx(part.repeat(200_000 / part.length))).toBe(false);
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  it.each([
    ['fifty admonitions', ':::note x\n\na\n\n:::\n\n'.repeat(50)],
    ['long lists', '- a\n'.repeat(1_000)],
    ['long quotes', '> a\n'.repeat(1_000)],
    ['rules and tables', `${'-'.repeat(300)}\n`],
    [
      'a table of HTML',
      `<table>\n${'<tr><td>*a*</td></tr>\n'.repeat(300)}</table>`,
    ],
    ['numbers', '1'.repeat(19_000)],
  ])('may have %s', (_, text) => {
    expect(readsSlowly(text)).toBe(false);
  });
});
