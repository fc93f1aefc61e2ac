import * as b from '../notion/blocks';
import { database, page } from '../notion/drafts';
import { notionId } from '../notion/ids';
import { bold, inlineCode, italic, text } from '../notion/richText';
import { apimGuides } from './apimGuides';

/** Long enough that its children come in three answers. */
const changes = page('Change log')
  .as('apim/changes')
  .with(
    ...Array.from({ length: 230 }, (_, index) =>
      b.bulleted(`Change ${index + 1}: limits are checked per key`),
    ),
  );

const errors = database('Error codes')
  .as('apim/errors')
  .with(
    page('E1001 Key unknown')
      .as('apim/e1001')
      .with(b.paragraph('Send a key that exists.')),
    page('E1002 Quota used up')
      .as('apim/e1002')
      .with(b.paragraph('Wait for the next window.')),
    page('E1003 Body too large').as('apim/e1003'),
  );

const korean = page('시작하기')
  .as('apim/ko')
  .withIcon('🇰🇷')
  .with(
    b.heading2('API 키 발급'),
    b.paragraph(
      bold('‘키’'),
      '를 발급하려면 ',
      bold('설정(Settings)'),
      '을 여세요. ',
      bold('주의:'),
      '키는 한 번만 표시됩니다.',
    ),
    b.paragraph(
      italic('“따옴표”'),
      '와 ',
      inlineCode('코드'),
      '는 붙어 있습니다.',
    ),
    b.callout('자모 분리: \u1112\u1161\u11ab\u1100\u1173\u11af', {
      color: 'blue_background',
    }),
  );

const japanese = page('ガイド「入門」')
  .as('apim/ja')
  .with(
    b.paragraph(
      bold('「重要」'),
      'です。',
      bold('設定（必須）：'),
      '次の値を入力。',
    ),
    b.paragraph('全角　スペースと、半角ｶﾅと、長音ー。'),
    b
      .numbered('キーを作る')
      .with(b.paragraph(text('下線', { underline: true }), 'あり')),
    b.code('// コメント「日本語」\nconst キー = 1;', 'typescript'),
  );

const chinese = page('快速入门：网关')
  .as('apim/zh')
  .with(
    b.paragraph(bold('“网关”'), '是入口；', bold('请注意！'), '不要泄露密钥。'),
    b.paragraph('繁體與简体混用，𠮷 在基本平面之外。'),
    b.table([
      ['名称', '说明'],
      ['限流', '每秒｜每分'],
    ]),
  );

const arabic = page('دليل البدء')
  .as('apim/ar')
  .with(
    b.paragraph(
      'افتح ',
      inlineCode('Settings'),
      ' ثم اختر ',
      bold('«المفاتيح»'),
      '.',
    ),
    b.paragraph('مختلط: API v2 (بيتا) و 123.'),
  );

const media = page('Media')
  .as('apim/media')
  .with(
    b.image('photo.jpg'),
    b.image('html-as-image.png', 'Claims to be an image'),
    b.image('https://static.example.com/logo.svg', 'Elsewhere'),
    b.video('tour.mp4', 'A tour'),
    b.video('huge.mp4', 'Too large'),
    b.video('https://www.youtube.com/watch?v=dQw4w9WgXcQ'),
    b.pdf('guide.pdf', 'The guide'),
    b.audio('chime.wav'),
  );

const odd = page('Rare blocks')
  .as('apim/rare')
  .with(
    b.template('Add a row'),
    b.meetingNotes('Weekly meeting').with(b.paragraph('What was said')),
    b.transcription('Older recording'),
    b.unsupported('button'),
    b.unsupported('ai_block'),
    b.syncedCopy(notionId('zcp/support-notice')),
  );

export const apim = page('API Management manual')
  .as('apim')
  .withIcon('🔌')
  .with(
    b.paragraph('How to publish an API, and how to call one.'),
    apimGuides,
    errors,
    korean,
    japanese,
    chinese,
    arabic,
    media,
    odd,
    changes,
  );
