import fc from 'fast-check';
import { hostileWords } from './__testUtils__/arbitraryRoot';
import { faultOf } from './faultOf';
import { PseudoTranslator, pseudoLocalized } from './PseudoTranslator';
import { plainText } from './tags';

describe('pseudo translation', () => {
  it('has accents, brackets, the language, and its tags', () => {
    expect(pseudoLocalized('Open the <1>console</1> <2/>', 'ko')).toBe(
      '[ko Óþéñ ţĥé <1>çóñšóļé</1> <2/> ẋẋẋẋ ẋ]',
    );
  });

  it('is about a third longer', () => {
    const text = 'Open the console and wait until it is there. '.repeat(5);
    const growth = pseudoLocalized(text, 'ko').length / text.length;
    expect(growth).toBeGreaterThan(1.28);
    expect(growth).toBeLessThan(1.4);
  });

  it.each([
    '{name}',
    '{count, plural, one {# file} other {# files}}',
    '{{ user.name }}',
    '%s',
    '%1$s',
    'https://example.com/path?q=text',
    'ftp://example.com/file',
    'support@example.com',
    '&nbsp;',
  ])('keeps %s', kept => {
    expect(pseudoLocalized(`Text ${kept} text`, 'fr')).toContain(
      `Ţéẋţ ${kept} ţéẋţ`,
    );
  });

  it('keeps terms of the glossary, and braces that do not close are text', async () => {
    expect(
      pseudoLocalized('Open Herald Console {a', 'fr', ['Herald Console']),
    ).toContain('Óþéñ Herald Console {á');
    const { texts, usage } = await new PseudoTranslator().translate({
      language: 'fr',
      sourceLanguage: 'en',
      segments: [{ id: 's1', text: 'Open C++' }],
      glossary: { version: '', terms: [], keep: ['C++'] },
      signal: new AbortController().signal,
    });
    expect([...texts]).toEqual([['s1', '[fr Óþéñ C++ ẋẋẋ]']]);
    expect(usage.calls).toBe(0);
  });

  it('is the same every time, leaves other scripts readable, and what has no letters alone', () => {
    expect(pseudoLocalized('설정 열기', 'ja')).toBe('[ja 설정 열기 ẋẋ]');
    expect(pseudoLocalized('1.2.3', 'ja')).toBe('1.2.3');
  });

  it('passes the checks, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc.constantFrom(
              ...hostileWords.filter(word => !/<[ /]*\d/.test(word)),
            ),
          ),
          { maxLength: 6 },
        ),
        words => {
          const text = `<1>${words.join(' ')}x</1> <2/>`;
          fc.pre(plainText(text).includes(words.join(' ')));
          expect(
            faultOf(text, pseudoLocalized(text, 'ko'), { keep: [] }),
          ).toBeUndefined();
        },
      ),
    );
  });

  it('takes hostile text in its stride', () => {
    for (const hostile of ['{', '}', '<', 'a', '.', '&', '%', '@', 'http:']) {
      const text = hostile.repeat(100_000);
      expect(pseudoLocalized(`x${text}`, 'ko').length).toBeGreaterThan(
        text.length,
      );
    }
  });
});
