import { changeLabels, mergeLabels, renameLabels } from './categoryLabels';

const json = (value: object) => JSON.stringify(value);
const label = (message: string) => ({ message, description: '' });

describe('category labels', () => {
  it('come after what is there, in the order of their keys', () => {
    const text = changeLabels(
      json({ z: label('z'), own: 'text' }),
      'current.json',
      new Map([
        ['c', label('c')],
        ['b', label('b')],
        ['z', undefined],
      ]),
    );
    expect(text).toBe(
      `${JSON.stringify(
        { own: 'text', b: label('b'), c: label('c') },
        undefined,
        2,
      )}\n`,
    );
  });

  it('leave a text as it is where nothing changes', () => {
    const text = '{"a":{"message":"a","description":""}}';
    const changes = new Map([['a', label('a')]]);
    expect(changeLabels(text, 'current.json', changes)).toBe(text);
    expect(changeLabels(undefined, 'current.json', new Map())).toBeUndefined();
  });

  it.each(['', '[]', 'null', '{'])(
    'refuse %j, which is no JSON object',
    text => {
      expect(() =>
        changeLabels(text, 'i18n/ko/current.json', new Map()),
      ).toThrow('i18n/ko/current.json in the repository is no JSON object');
    },
  );

  it('get other keys, or go, and what a key has already stays', () => {
    const text = json({ a: 1, b: 2, c: 3, d: 4, own: 5 });
    const keys = new Map([
      ['a', 'x'],
      ['b', 'c'],
      ['d', undefined],
      ['not there', 'y'],
    ]);
    expect(JSON.parse(renameLabels(text, 'current.json', keys) ?? '')).toEqual({
      c: 3,
      own: 5,
      x: 1,
    });
    expect(renameLabels('{"x":1}', 'current.json', keys)).toBe('{"x":1}');
    expect(renameLabels(undefined, 'current.json', keys)).toBeUndefined();
  });

  it('of two solutions are joined: what each of them changed holds', () => {
    const merged = mergeLabels('current.json', {
      base: json({
        both: 'old',
        ours: 'old',
        theirs: 'old',
        gone: 'old',
        kept: 1,
      }),
      ours: json({ both: 'ours', ours: 'new', theirs: 'old', kept: 1, a: 'a' }),
      theirs: json({
        both: 'theirs',
        ours: 'old',
        theirs: 'new',
        gone: 'old',
        kept: 1,
        b: 'b',
      }),
    });
    expect(JSON.parse(merged ?? '')).toEqual({
      both: 'ours',
      ours: 'new',
      theirs: 'new',
      kept: 1,
      a: 'a',
      b: 'b',
    });
  });

  it('are joined where both sides began the file', () => {
    const merged = mergeLabels('current.json', {
      base: undefined,
      ours: json({ a: 'a' }),
      theirs: json({ b: 'b' }),
    });
    expect(JSON.parse(merged ?? '')).toEqual({ a: 'a', b: 'b' });
  });
});
