import { blocks as b, rich } from '@herald/sandbox';
import { mdxOf } from '../__testUtils__/mdxOf';

describe('table', () => {
  it('with a header row is Markdown, safe for pipes and lines', () => {
    expect(
      mdxOf(
        b.table([
          ['a', 'b'],
          ['x | y', 'one\ntwo'],
          [rich.inlineCode('a|b'), ''],
        ]),
      ),
    ).toBe('| a | b |\n| - | - |\n| x \\| y | one<br />two |\n| `a\\|b` | |');
  });

  it('has the cells of a header column in bold', () => {
    expect(
      mdxOf(
        b.table(
          [
            ['a', 'b'],
            ['c', 'd'],
          ],
          { rowHeader: true },
        ),
      ),
    ).toBe('| a | b |\n| - | - |\n| **c** | d |');
  });

  it('without a header row is JSX, with real header cells', () => {
    expect(
      mdxOf(
        b.table(
          [
            ['a', ''],
            ['c', '{d}'],
          ],
          { columnHeader: false, rowHeader: true },
        ),
      ),
    ).toBe(
      '<table>\n<tbody>\n<tr><th>a</th><td /></tr>\n\n<tr><th>c</th><td>\\{d}</td></tr>\n\n</tbody>\n</table>',
    );
  });

  it('with a pipe in a formula is JSX', () => {
    expect(mdxOf(b.table([['h'], [rich.inlineEquation('|x|')]]))).toBe(
      '<table>\n<thead>\n<tr><th>h</th></tr>\n\n</thead>\n<tbody>\n<tr><td>$|x|$</td></tr>\n\n</tbody>\n</table>',
    );
  });

  it('holds code that ends in a backslash before a pipe', () => {
    expect(mdxOf(b.table([['h'], [rich.inlineCode('a\\|b')]]))).toBe(
      '| h |\n| - |\n| <code>a&#x5c;&#x7c;b</code> |',
    );
  });

  it('without cells is nothing', () => {
    expect(mdxOf(b.table([]))).toBe('');
  });
});
