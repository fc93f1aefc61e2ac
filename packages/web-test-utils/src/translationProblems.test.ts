import { translationProblems } from './translationProblems';

const ref = {
  getDefaultMessages: () => ({ hello: 'Hello {{ name }}', bye: 'Bye' }),
};

describe('a translation', () => {
  it('that has all has no problem', () => {
    const messages = { hello: '{{name}}, hallo', bye: 'Tschüss' };
    expect(translationProblems(ref, { full: true, messages })).toEqual([]);
  });

  it('is told what is missing, too much, empty, or without its placeholders', () => {
    expect(
      translationProblems(ref, {
        full: false,
        messages: { hello: 'Hallo {{ nam }}', bye: ' ', more: 'Mehr' },
      }),
    ).toEqual([
      'more: is no message',
      'It does not say that it is full',
      'hello: has the placeholders nam',
      'bye: is missing',
    ]);
  });

  it('takes nothing else for a reference', () => {
    expect(() => translationProblems({}, { full: true, messages: {} })).toThrow(
      'no reference',
    );
  });
});
