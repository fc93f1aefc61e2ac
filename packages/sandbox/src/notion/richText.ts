import {
  ApiColor,
  MentionRichTextItemResponse,
  RichTextItemResponse,
} from '@notionhq/client';
import { bareId, notionId } from './ids';
import { users } from './users';

type Annotations = RichTextItemResponse['annotations'];

export interface TextStyle extends Partial<Annotations> {
  link?: string;
}

/** What builders take: plain text, or an item with style, a mention or an equation. */
export type RichTextPart = string | RichTextItemResponse;

const plain: Annotations = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};

export function text(
  content: string,
  { link, ...annotations }: TextStyle = {},
): RichTextItemResponse {
  return {
    type: 'text',
    text: { content, link: link === undefined ? null : { url: link } },
    annotations: { ...plain, ...annotations },
    plain_text: content,
    href: link ?? null,
  };
}

export const bold = (content: string) => text(content, { bold: true });
export const italic = (content: string) => text(content, { italic: true });
export const inlineCode = (content: string) => text(content, { code: true });
export const coloured = (content: string, color: ApiColor) =>
  text(content, { color });
export const link = (content: string, url: string) =>
  text(content, { link: url });

export function inlineEquation(expression: string): RichTextItemResponse {
  return {
    type: 'equation',
    equation: { expression },
    annotations: plain,
    plain_text: expression,
    href: null,
  };
}

function mentioned(
  mention: MentionRichTextItemResponse['mention'],
  shown: string,
  href: string | null = null,
): RichTextItemResponse {
  return {
    type: 'mention',
    mention,
    annotations: plain,
    plain_text: shown,
    href,
  };
}

/** One for each kind of mention that the SDK knows; the key check is below. */
export const mention = {
  page: (id: string, title: string) =>
    mentioned(
      { type: 'page', page: { id } },
      title,
      `https://www.notion.so/${bareId(id)}`,
    ),
  database: (id: string, title: string) =>
    mentioned(
      { type: 'database', database: { id } },
      title,
      `https://www.notion.so/${bareId(id)}`,
    ),
  user: () =>
    mentioned({ type: 'user', user: users.writer }, `@${users.writer.name}`),
  date: (start: string, end: string | null = null) =>
    mentioned(
      { type: 'date', date: { start, end, time_zone: null } },
      end === null ? start : `${start} → ${end}`,
    ),
  link_preview: (url: string) =>
    mentioned({ type: 'link_preview', link_preview: { url } }, url, url),
  link_mention: (href: string, title: string) =>
    mentioned(
      { type: 'link_mention', link_mention: { href, title } },
      href,
      href,
    ),
  template_mention: () =>
    mentioned(
      {
        type: 'template_mention',
        template_mention: {
          type: 'template_mention_date',
          template_mention_date: 'today',
        },
      },
      '@Today',
    ),
  custom_emoji: (name: string) =>
    mentioned(
      {
        type: 'custom_emoji',
        custom_emoji: {
          id: notionId(`emoji/${name}`),
          name,
          url: `https://emoji.example.com/${name}.png`,
        },
      },
      `:${name}:`,
    ),
} satisfies Record<
  MentionRichTextItemResponse['mention']['type'],
  (...values: never[]) => RichTextItemResponse
>;

/** Text parts of more than 2000 characters are split, as Notion limits one item to that many. */
export function richText(
  parts: readonly RichTextPart[],
): RichTextItemResponse[] {
  return parts.flatMap(part => {
    if (typeof part !== 'string') return [part];
    const pieces = part.match(/[^]{1,2000}/gu) ?? [];
    return pieces.map(piece => text(piece));
  });
}

export function plainText(items: readonly RichTextItemResponse[]): string {
  return items.map(item => item.plain_text).join('');
}
