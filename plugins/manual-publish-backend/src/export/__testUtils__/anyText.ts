/* eslint-disable no-script-url -- what pages must not link to */
import type { RichTextItemResponse } from '@notionhq/client';
import { notionId } from '@herald/sandbox';
import fc from 'fast-check';
import { NASTY } from './nastyText';

export const anyString = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.constantFrom(...NASTY), { maxLength: 6 })
      .map(parts => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.lorem({ maxCount: 3 }) },
);

export const anyHref = fc.oneof(
  fc.constantFrom(
    'https://example.com',
    'https://example.com/a b?c=d&e=(f)#g',
    'http://[',
    'javascript:alert(1)',
    'JAVASCRIPT:x',
    ' data:text/html,x',
    'mailto:a@b.c',
    '/docs/page',
    '#top',
    'example.com',
    '',
    'https://example.com/{a}<b>|`c`\\d"e\'',
    'https://例え.jp/パス?ク=エ',
    'https://example.com/a)b',
    `https://www.notion.so/Title-${'a'.repeat(32)}#${'b'.repeat(32)}`,
    `/${'c'.repeat(32)}`,
    `#${'d'.repeat(32)}`,
    notionId('x'),
    'notion://www.notion.so/x',
    'https://example.com/&amp;&lt;',
  ),
  anyString,
);

type Annotations = RichTextItemResponse['annotations'];

const anyAnnotations: fc.Arbitrary<Annotations> = fc.record({
  bold: fc.boolean(),
  italic: fc.boolean(),
  strikethrough: fc.constantFrom(false, false, true),
  underline: fc.constantFrom(false, false, true),
  code: fc.constantFrom(false, false, false, true),
  color: fc.constantFrom('default', 'default', 'red', 'yellow_background'),
});
const someAnnotations = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constant<Annotations>({
      bold: false,
      italic: false,
      strikethrough: false,
      underline: false,
      code: false,
      color: 'default',
    }),
  },
  { weight: 3, arbitrary: anyAnnotations },
);

const anyTextItem = fc
  .record({
    content: anyString,
    annotations: someAnnotations,
    href: fc.option(anyHref, { freq: 2 }),
  })
  .map(
    ({ content, annotations, href }): RichTextItemResponse => ({
      type: 'text',
      text: { content, link: href === null ? null : { url: href } },
      annotations,
      plain_text: content,
      href,
    }),
  );

const anyEquation = fc
  .record({ expression: anyString, annotations: someAnnotations })
  .map(
    ({ expression, annotations }): RichTextItemResponse => ({
      type: 'equation',
      equation: { expression },
      annotations,
      plain_text: expression,
      href: null,
    }),
  );

type Mention = Extract<RichTextItemResponse, { type: 'mention' }>['mention'];
const user = { object: 'user' as const, id: notionId('user') };
const anyMention = fc
  .record({
    shown: anyString,
    annotations: someAnnotations,
    mention: fc.oneof<fc.Arbitrary<Mention>[]>(
      fc.constant({ type: 'user', user }),
      fc.constant({
        type: 'date',
        date: { start: '2026-11-22', end: null, time_zone: null },
      }),
      fc.constant({ type: 'page', page: { id: notionId('x') } }),
      fc.constant({ type: 'database', database: { id: notionId('x') } }),
      anyHref.map(url => ({ type: 'link_preview', link_preview: { url } })),
      fc
        .record({ href: anyHref, title: fc.constant('') })
        .map(link_mention => ({ type: 'link_mention', link_mention })),
      fc.constant({
        type: 'template_mention',
        template_mention: {
          type: 'template_mention_user',
          template_mention_user: 'me',
        },
      }),
      fc.constant({
        type: 'custom_emoji',
        custom_emoji: {
          id: notionId('e'),
          name: 'e',
          url: 'https://e.example.com/e.png',
        },
      }),
    ),
  })
  .map(
    ({ shown, annotations, mention }): RichTextItemResponse => ({
      type: 'mention',
      mention,
      annotations,
      plain_text: shown,
      href: null,
    }),
  );

export const anyRichText = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: anyTextItem },
    { weight: 1, arbitrary: anyEquation },
    { weight: 1, arbitrary: anyMention },
  ),
  { maxLength: 5 },
);
