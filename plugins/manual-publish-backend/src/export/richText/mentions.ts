import type { RichTextItemResponse } from '@notionhq/client';

type Mention = Extract<RichTextItemResponse, { type: 'mention' }>;
type MentionOf = Mention['mention'];
type Kind = MentionOf['type'];
type Shown = { readonly text: string; readonly href?: string };
type TitleOf = (pageId: string) => string | undefined;

type Converters = {
  [K in Kind]: (
    mention: Extract<MentionOf, { type: K }>,
    shown: string,
    titleOf: TitleOf,
  ) => Shown;
};

const bare = (id: string) => `https://www.notion.so/${id.replaceAll('-', '')}`;

/**
 * How each kind of mention is shown. Pages and databases are links, by the title they have in the export; people, dates, what a
 * template puts in and emoji of a workspace are the text that Notion shows.
 */
const converters: Converters = {
  page: ({ page }, shown, titleOf) => ({
    text: titleOf(page.id) ?? shown,
    href: bare(page.id),
  }),
  database: ({ database }, shown, titleOf) => ({
    text: titleOf(database.id) ?? shown,
    href: bare(database.id),
  }),
  user: (_, shown) => ({ text: shown }),
  date: (_, shown) => ({ text: shown }),
  link_preview: ({ link_preview }, shown) => ({
    text: shown || link_preview.url,
    href: link_preview.url,
  }),
  link_mention: ({ link_mention }, shown) => ({
    text: link_mention.title || shown || link_mention.href,
    href: link_mention.href,
  }),
  template_mention: (_, shown) => ({ text: shown }),
  custom_emoji: ({ custom_emoji }, shown) => ({
    text: shown || `:${custom_emoji.name}:`,
  }),
};

export function mentionRun(item: Mention, titleOf: TitleOf): Shown {
  const { mention, plain_text: shown } = item;
  const isKnown = Object.hasOwn(converters, mention.type);
  const { text, href } = isKnown
    ? dispatch(mention.type, mention, shown, titleOf)
    : { text: shown, href: item.href ?? undefined };
  return { text: text || mention.type, ...(href ? { href } : {}) };
}

type ByKind = { [K in Kind]: Extract<MentionOf, { type: K }> };

function dispatch<K extends Kind>(
  kind: K,
  mention: ByKind[K],
  shown: string,
  titleOf: TitleOf,
): Shown {
  const convert: (m: ByKind[K], s: string, t: TitleOf) => Shown =
    converters[kind];
  return convert(mention, shown, titleOf);
}
