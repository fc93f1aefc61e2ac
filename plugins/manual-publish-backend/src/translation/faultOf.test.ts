import { faultOf, normalised } from './faultOf';

const SOURCE = 'Open the <1>console <2/></1> and <3>wait</3>';
const reasonOf = (source: string, answer?: string) =>
  faultOf(source, answer, { keep: [] })?.reason;

describe('an answer', () => {
  it('is taken with its tags in another order', () => {
    expect(
      reasonOf(SOURCE, '<3>기다리고</3> <1><2/> 콘솔</1>을 여세요'),
    ).toBeUndefined();
  });

  it.each([
    ['did not come', undefined, 'there was no answer for it'],
    ['is empty', '', 'the answer was empty'],
    ['has tags and no text', '<1><2/></1><3> </3>', 'the answer was empty'],
    [
      'has lost a tag',
      '콘솔 <1><2/> 열고</1> 기다리세요',
      'its tags have to be <1> <2/> </1> <3> </3>; missing: <3> </3>',
    ],
    [
      'has a tag twice',
      '<1>콘솔<2/></1> <3>a</3> <2/>',
      'its tags have to be <1> <2/> </1> <3> </3>; not among them or too often: <2/>',
    ],
    [
      'has a tag of its own',
      '<1>콘솔<2/></1> <3>a</3> <4/>',
      'its tags have to be <1> <2/> </1> <3> </3>; not among them or too often: <4/>',
    ],
    [
      'has tags that overlap',
      '<1>콘솔 <2/><3></1>a</3>',
      'its tags do not nest: </1> closes what is not open there',
    ],
    [
      'closes before it opens',
      '</1>콘솔 <2/><1> <3>a</3>',
      'its tags do not nest: </1> closes what is not open there',
    ],
    [
      'has put a tag into another',
      '<1>콘솔 <2/> <3>a</3></1>',
      'tag 3 must not stand within another tag',
    ],
    [
      'has taken a tag out of another',
      '<1>콘솔</1> <2/> <3>a</3>',
      'tag 2 has to stand within <1>',
    ],
    [
      'has nothing in a tag that is for words',
      '<1>콘솔 <2/></1> a <3> </3>',
      '<3>…</3> must not be empty',
    ],
    [
      'is far longer',
      `<1>콘솔 <2/></1> <3>${'a '.repeat(300)}</3>`,
      'the answer was far longer than the text',
    ],
  ])('is refused that %s', (_, answer, reason) => {
    expect(faultOf(SOURCE, answer, { keep: [] })).toEqual({
      reason,
      isFatal: true,
    });
  });

  it('is refused that leaves most of a long text out', () => {
    expect(reasonOf('A sentence of a manual. '.repeat(20), '문장.')).toBe(
      'the answer was far shorter than the text',
    );
  });

  it('may be short in Chinese and long where the text is a word', () => {
    expect(
      reasonOf(
        'Before you begin, make sure that the prerequisites described in the installation guide are met.',
        '开始之前，请确保满足安装指南中的先决条件。',
      ),
    ).toBeUndefined();
    expect(reasonOf('FAQ', 'Foire aux questions (FAQ)')).toBeUndefined();
  });

  it('that lost a term which is to stay is taken only where nothing better comes', () => {
    const keep = ['Herald Console'];
    expect(
      faultOf('Open Herald Console', '헤럴드 콘솔 열기', { keep }),
    ).toEqual({
      reason: '"Herald Console" has to stay as it is',
      isFatal: false,
    });
    expect(
      faultOf('Open Herald Console', 'Herald Console 열기', { keep }),
    ).toBeUndefined();
    expect(faultOf('Open it', '열기', { keep })).toBeUndefined();
  });

  it('is kept without what Markdown and databases cannot take', () => {
    expect(normalised('One', ' 하\u0000나\ud800\n 둘 < 1 > \u0007')).toBe(
      '하나 둘 <1>',
    );
    expect(normalised('One\ntwo', '하나\n둘')).toBe('하나\n둘');
  });
});
