import { blocks as b } from '@herald/sandbox';
import fc from 'fast-check';
import { convert } from '../__testUtils__/mdxOf';

const items = (text: string) => text.match(/[^]{1,2000}/g) ?? [];
const repeated = (part: string, length: number) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

// Of as many brackets as Notion takes in a paragraph, the parser would have read for minutes, and nothing else been done meanwhile.
describe('text with very many characters that could mean something', () => {
  it('is shown as code, with a warning', () => {
    const junk = repeated('](', 200_000);
    const { text, codes } = convert({}, b.paragraph(...items(junk)));
    expect(text).toBe(`\`${junk}\``);
    expect(codes).toEqual(['unsupported-block']);
  });

  it('is so in a heading, an item, a cell and a caption, where all is on one line', () => {
    const line = repeated('(a)\n', 24_000);
    const shown = line.trim().replaceAll('\n', ' ');
    const { text, codes } = convert(
      {},
      b.heading2(line),
      b.bulleted(...items(line)),
      b.table([
        ['a', 'b'],
        [items(line), 'x'],
      ]),
      b.quote(...items(line)),
    );
    expect(text.split(`\`${shown}\``)).toHaveLength(5);
    expect(codes).toEqual(Array(4).fill('unsupported-block'));
  });

  it('is so in what stands for something else, and is left out where no code can be', () => {
    const junk = '[('.repeat(3_000);
    const { text, codes } = convert(
      { linkTo: () => undefined, titleOf: () => junk },
      b.bookmark('file:///etc/\nhosts', items(junk)),
      b.linkToPage('a'.repeat(32)),
      b.image('a.png', items(junk)),
    );
    expect(text).toContain(`\`${junk}: file:///etc/ hosts\``);
    expect(text).toContain(`[\`${junk}\`](https://www.notion.so/`);
    expect(text).toContain(`![](@site/docs/zcp/_media/3f2a.png)`);
    expect(text).toContain(`<figcaption>\`${junk}\`</figcaption>`);
    expect(codes.filter(code => code === 'unsupported-block')).toHaveLength(3);
  });

  it('is text where it is long, but as people write', () => {
    const prose = repeated(
      'Some words, then (a few) more; it\'s "long". ',
      150_000,
    );
    const { text, codes } = convert({}, b.paragraph(...items(prose)));
    expect(text).toBe(prose.trim());
    expect(codes).toEqual([]);
  });

  it('is written and read again in a moment, whatever it is made of', () => {
    const part = fc.constantFrom(
      ...'* ** _ ~ [ ] ( ) ! ` $ : ::: < > { } & ; \\ | # - 1. @ . / " \' ='.split(
        ' ',
      ),
      ...['\n', ' ', 'a', 'www.', 'http://', '[a](b)', 'word '],
    );
    const unit = fc
      .array(part, { minLength: 1, maxLength: 5 })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(unit, each => {
        const started = performance.now();
        convert({}, b.paragraph(...items(repeated(each, 200_000))));
        // A tenth of it is usual.
        expect(performance.now() - started).toBeLessThan(10_000);
      }),
      { numRuns: 40 },
    );
  });
});
