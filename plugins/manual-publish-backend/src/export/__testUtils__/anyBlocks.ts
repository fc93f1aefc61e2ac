import type { BlockObjectResponse } from '@notionhq/client';
import { notionId, rich } from '@herald/sandbox';
import fc from 'fast-check';
import { BlockNode } from '../../source/PageSnapshot';
import type { BlockType } from '../Conversion';
import { anyHref, anyRichText, anyString } from './anyText';

type Frame = keyof BlockObjectResponse;
type Content<T extends BlockType> = Extract<
  BlockObjectResponse,
  { type: T }
> extends infer B
  ? Omit<B, Frame> & { type: T }
  : never;
type Contents = { [T in BlockType]: fc.Arbitrary<Content<T>> };

const color = fc.constantFrom(
  'default',
  'gray',
  'green',
  'green_background',
  'blue_background',
  'yellow',
  'red_background',
  'purple_background',
);
const text = fc.record({ rich_text: anyRichText, color });
const heading = fc.record({
  rich_text: anyRichText,
  color,
  is_toggleable: fc.boolean(),
});
const title = fc.record({ title: anyString });
const captionedUrl = fc.record({ url: anyHref, caption: anyRichText });
const external = fc.record({
  type: fc.constant('external' as const),
  external: fc.record({ url: anyHref }),
  caption: anyRichText,
});
const hosted = fc.record({
  type: fc.constant('file' as const),
  file: fc.record({
    url: anyHref,
    expiry_time: fc.constant('2026-11-22T12:00:00.000Z'),
  }),
  caption: anyRichText,
});
const medium = fc.oneof(external, hosted);
const named = fc.oneof(
  fc
    .record({ content: external, name: anyString })
    .map(({ content, name }) => ({ ...content, name })),
  fc
    .record({ content: hosted, name: anyString })
    .map(({ content, name }) => ({ ...content, name })),
);
const id = fc.constantFrom('a', 'b', 'c').map(notionId);
/** MDX of a writer's that becomes a part of the page. */
const plainMdx = fc.constantFrom(
  '<Columns>\n</Columns>',
  'Words, <mark>marked</mark>\n\n- an item',
  '# A heading \\{#own}',
  ':::tip T\nwords\n:::',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '> quoted',
  '{/* nothing */}',
);
const icon = fc.oneof(
  fc.constant(null),
  fc
    .constantFrom('💡', '👩🏽‍💻', '{')
    .map(emoji => ({ type: 'emoji' as const, emoji })),
  fc.constant({
    type: 'external' as const,
    external: { url: 'https://example.com/i.png' },
  }),
);

/** Any content of every block type; a type that the SDK adds is asked for here. */
const contents: Contents = {
  audio: medium.map(audio => ({ type: 'audio', audio })),
  bookmark: captionedUrl.map(bookmark => ({ type: 'bookmark', bookmark })),
  breadcrumb: fc.constant({ type: 'breadcrumb', breadcrumb: {} }),
  bulleted_list_item: text.map(bulleted_list_item => ({
    type: 'bulleted_list_item',
    bulleted_list_item,
  })),
  callout: fc
    .record({ rich_text: anyRichText, color, icon })
    .map(callout => ({ type: 'callout', callout })),
  child_database: title.map(child_database => ({
    type: 'child_database',
    child_database,
  })),
  child_page: title.map(child_page => ({ type: 'child_page', child_page })),
  code: fc
    .oneof(
      fc.record({
        rich_text: anyRichText,
        caption: anyRichText,
        language: fc.constantFrom(
          'plain text',
          'c++',
          'julia',
          'markdown',
          'java/c/c++/c#',
          'mermaid',
          'matlab',
        ),
      }),
      fc.record({
        rich_text: plainMdx.map(mdx => [rich.text(mdx)]),
        caption: anyRichText,
        language: fc.constant('matlab' as const),
      }),
    )
    .map(code => ({ type: 'code', code })),
  column: fc
    .record({ width_ratio: fc.constantFrom(0.25, 1) })
    .map(column => ({ type: 'column', column })),
  column_list: fc.constant({ type: 'column_list', column_list: {} }),
  divider: fc.constant({ type: 'divider', divider: {} }),
  embed: captionedUrl.map(embed => ({ type: 'embed', embed })),
  equation: fc
    .record({ expression: anyString })
    .map(equation => ({ type: 'equation', equation })),
  file: named.map(file => ({ type: 'file', file })),
  heading_1: heading.map(heading_1 => ({ type: 'heading_1', heading_1 })),
  heading_2: heading.map(heading_2 => ({ type: 'heading_2', heading_2 })),
  heading_3: heading.map(heading_3 => ({ type: 'heading_3', heading_3 })),
  heading_4: heading.map(heading_4 => ({ type: 'heading_4', heading_4 })),
  image: medium.map(image => ({ type: 'image', image })),
  link_preview: fc
    .record({ url: anyHref })
    .map(link_preview => ({ type: 'link_preview', link_preview })),
  link_to_page: fc
    .oneof(
      id.map(page_id => ({ type: 'page_id' as const, page_id })),
      id.map(database_id => ({ type: 'database_id' as const, database_id })),
      id.map(comment_id => ({ type: 'comment_id' as const, comment_id })),
    )
    .map(link_to_page => ({ type: 'link_to_page', link_to_page })),
  meeting_notes: fc
    .record({ title: anyRichText })
    .map(meeting_notes => ({ type: 'meeting_notes', meeting_notes })),
  numbered_list_item: fc
    .record({
      rich_text: anyRichText,
      color,
      list_start_index: fc.constantFrom(1, 7),
    })
    .map(numbered_list_item => ({
      type: 'numbered_list_item',
      numbered_list_item,
    })),
  paragraph: fc
    .record({ rich_text: anyRichText, color, icon: fc.constant(null) })
    .map(paragraph => ({ type: 'paragraph', paragraph })),
  pdf: medium.map(pdf => ({ type: 'pdf', pdf })),
  quote: text.map(quote => ({ type: 'quote', quote })),
  synced_block: fc
    .constantFrom(null, {
      type: 'block_id' as const,
      block_id: notionId('source'),
    })
    .map(synced_from => ({
      type: 'synced_block',
      synced_block: { synced_from },
    })),
  tab: fc.constant({ type: 'tab', tab: {} }),
  table: fc
    .record({
      has_column_header: fc.boolean(),
      has_row_header: fc.boolean(),
      table_width: fc.constant(2),
    })
    .map(table => ({ type: 'table', table })),
  table_of_contents: fc.constant({
    type: 'table_of_contents',
    table_of_contents: { color: 'default' },
  }),
  table_row: fc
    .record({ cells: fc.array(anyRichText, { maxLength: 3 }) })
    .map(table_row => ({ type: 'table_row', table_row })),
  template: fc
    .record({ rich_text: anyRichText })
    .map(template => ({ type: 'template', template })),
  to_do: fc
    .record({ rich_text: anyRichText, color, checked: fc.boolean() })
    .map(to_do => ({ type: 'to_do', to_do })),
  toggle: text.map(toggle => ({ type: 'toggle', toggle })),
  transcription: fc
    .record({ title: anyRichText })
    .map(transcription => ({ type: 'transcription', transcription })),
  unsupported: fc
    .record({ block_type: anyString })
    .map(unsupported => ({ type: 'unsupported', unsupported })),
  video: medium.map(video => ({ type: 'video', video })),
};

const NOW = '2026-11-22T12:00:00.000Z';
const author = { object: 'user' as const, id: notionId('user') };

type AnyContent = { [T in BlockType]: Content<T> }[BlockType];

const framed = (content: AnyContent, key: number): BlockObjectResponse => ({
  object: 'block',
  id: notionId(`any/${key}`),
  parent: { type: 'page_id', page_id: notionId('page') },
  created_time: NOW,
  created_by: author,
  last_edited_time: NOW,
  last_edited_by: author,
  has_children: false,
  in_trash: false,
  archived: false,
  ...content,
});

const byType = Object.values(contents) as fc.Arbitrary<AnyContent>[];

/** What a medium of Notion would nest: rows in tables, columns in their lists, and also what it would not. */
const { nodes } = fc.letrec<{ node: BlockNode; nodes: BlockNode[] }>(tie => ({
  nodes: fc.array(tie('node'), {
    maxLength: 4,
    depthIdentifier: 'depth',
  }),
  node: fc
    .record({
      content: fc.oneof(
        { weight: 6, arbitrary: fc.oneof(...byType) },
        {
          weight: 3,
          arbitrary: fc.oneof(
            contents.bulleted_list_item,
            contents.numbered_list_item,
            contents.to_do,
            contents.quote,
            contents.callout,
            contents.toggle,
          ),
        },
        { weight: 2, arbitrary: contents.paragraph },
      ),
      key: fc.nat(),
      children: fc.oneof(
        { depthIdentifier: 'depth', maxDepth: 5, depthSize: 'medium' },
        fc.constant<BlockNode[]>([]),
        tie('nodes'),
      ),
      problem: fc.constantFrom(
        ...Array.from({ length: 30 }, () => undefined),
        'not shared',
      ),
      rows: fc.array(contents.table_row, { maxLength: 3 }),
    })
    .map(
      ({ content, key, children, problem, rows }): BlockNode => ({
        block: framed(content, key),
        children: [
          ...(content.type === 'table'
            ? rows.map((row, index) => ({
                block: framed(row, key + index + 1),
                children: [],
              }))
            : []),
          ...children,
        ],
        ...(problem ? { problem } : {}),
      }),
    ),
}));

export const anyBlocks = nodes;
