import { ApiColor, BlockObjectResponse } from '@notionhq/client';
import { BlockContent } from './blockTypes';
import { BlockDraft, Draft, IssueMediaUrl } from './drafts';
import { RichTextPart, richText } from './richText';
import { CodeLanguage } from './sdkTypes';

/*
 * One function for each block type, named after it. Types that hold pages and databases are described by `page` and
 * `database` instead.
 */

const block = (content: BlockContent) => new BlockDraft(() => content);

type TextParts = RichTextPart | readonly RichTextPart[];

const asRichText = (parts: TextParts) =>
  richText(Array.isArray(parts) ? parts : [parts].flat());

interface Coloured {
  color?: ApiColor;
}

export const paragraph = (...parts: RichTextPart[]) =>
  block({
    type: 'paragraph',
    paragraph: { rich_text: richText(parts), color: 'default', icon: null },
  });

interface HeadingOptions extends Coloured {
  toggleable?: boolean;
}

const heading = (parts: TextParts, options: HeadingOptions) => ({
  rich_text: asRichText(parts),
  color: options.color ?? ('default' as const),
  is_toggleable: options.toggleable ?? false,
});

export const heading1 = (parts: TextParts, options: HeadingOptions = {}) =>
  block({ type: 'heading_1', heading_1: heading(parts, options) });

export const heading2 = (parts: TextParts, options: HeadingOptions = {}) =>
  block({ type: 'heading_2', heading_2: heading(parts, options) });

export const heading3 = (parts: TextParts, options: HeadingOptions = {}) =>
  block({ type: 'heading_3', heading_3: heading(parts, options) });

export const heading4 = (parts: TextParts, options: HeadingOptions = {}) =>
  block({ type: 'heading_4', heading_4: heading(parts, options) });

export const bulleted = (...parts: RichTextPart[]) =>
  block({
    type: 'bulleted_list_item',
    bulleted_list_item: { rich_text: richText(parts), color: 'default' },
  });

export const numbered = (...parts: RichTextPart[]) =>
  block({
    type: 'numbered_list_item',
    numbered_list_item: { rich_text: richText(parts), color: 'default' },
  });

export const quote = (...parts: RichTextPart[]) =>
  block({
    type: 'quote',
    quote: { rich_text: richText(parts), color: 'default' },
  });

export const toDo = (parts: TextParts, checked = false) =>
  block({
    type: 'to_do',
    to_do: { rich_text: asRichText(parts), color: 'default', checked },
  });

export const toggle = (...parts: RichTextPart[]) =>
  block({
    type: 'toggle',
    toggle: { rich_text: richText(parts), color: 'default' },
  });

export const template = (...parts: RichTextPart[]) =>
  block({ type: 'template', template: { rich_text: richText(parts) } });

/** The source of a synced block; name it with `as`, and copies refer to its id. */
export const syncedBlock = () =>
  block({ type: 'synced_block', synced_block: { synced_from: null } });

export const syncedCopy = (sourceId: string) =>
  block({
    type: 'synced_block',
    synced_block: { synced_from: { type: 'block_id', block_id: sourceId } },
  });

export const equation = (expression: string) =>
  block({ type: 'equation', equation: { expression } });

export const code = (
  source: string,
  language: CodeLanguage = 'plain text',
  caption: TextParts = [],
) =>
  block({
    type: 'code',
    code: {
      rich_text: richText([source]),
      caption: asRichText(caption),
      language,
    },
  });

export const callout = (
  parts: TextParts,
  options: Coloured & { emoji?: string } = {},
) =>
  block({
    type: 'callout',
    callout: {
      rich_text: asRichText(parts),
      color: options.color ?? 'gray_background',
      icon: { type: 'emoji', emoji: options.emoji ?? '💡' },
    },
  });

export const divider = () => block({ type: 'divider', divider: {} });
export const breadcrumb = () => block({ type: 'breadcrumb', breadcrumb: {} });

export const tableOfContents = () =>
  block({
    type: 'table_of_contents',
    table_of_contents: { color: 'default' },
  });

/** Tabs: each item is a paragraph whose text is the label and whose children are the content. */
export const tabs = (...items: Array<{ label: string; content: Draft[] }>) =>
  block({ type: 'tab', tab: {} }).with(
    ...items.map(item => paragraph(item.label).with(...item.content)),
  );

export const columns = (...contents: Draft[][]) =>
  block({ type: 'column_list', column_list: {} }).with(
    ...contents.map(content =>
      block({
        type: 'column',
        column: { width_ratio: 1 / contents.length },
      }).with(...content),
    ),
  );

export const linkToPage = (pageId: string) =>
  block({
    type: 'link_to_page',
    link_to_page: { type: 'page_id', page_id: pageId },
  });

export const linkToDatabase = (databaseId: string) =>
  block({
    type: 'link_to_page',
    link_to_page: { type: 'database_id', database_id: databaseId },
  });

export const table = (
  rows: TextParts[][],
  options: { columnHeader?: boolean; rowHeader?: boolean } = {},
) =>
  block({
    type: 'table',
    table: {
      table_width: rows[0]?.length ?? 0,
      has_column_header: options.columnHeader ?? true,
      has_row_header: options.rowHeader ?? false,
    },
  }).with(
    ...rows.map(cells =>
      block({ type: 'table_row', table_row: { cells: cells.map(asRichText) } }),
    ),
  );

type Transcription = Extract<
  BlockObjectResponse,
  { type: 'meeting_notes' }
>['meeting_notes'];

const transcript = (title: string): Transcription => ({
  title: richText([title]),
  status: 'notes_ready',
});

/** Answered as `transcription` to clients of an API version before 2026-03-11, as that is when it was renamed. */
export const meetingNotes = (title: string) =>
  block({ type: 'meeting_notes', meeting_notes: transcript(title) });

/** Answered as `meeting_notes` from API version 2026-03-11 on. */
export const transcription = (title: string) =>
  block({ type: 'transcription', transcription: transcript(title) });

export const embed = (url: string, caption: TextParts = []) =>
  block({ type: 'embed', embed: { url, caption: asRichText(caption) } });

export const bookmark = (url: string, caption: TextParts = []) =>
  block({ type: 'bookmark', bookmark: { url, caption: asRichText(caption) } });

export const linkPreview = (url: string) =>
  block({ type: 'link_preview', link_preview: { url } });

/** A medium is the name of one that the sandbox serves, or the URL of one elsewhere. */
function medium(
  nameOrUrl: string,
  caption: TextParts,
  issueMediaUrl: IssueMediaUrl,
) {
  return /^https?:/.test(nameOrUrl)
    ? {
        type: 'external' as const,
        external: { url: nameOrUrl },
        caption: asRichText(caption),
      }
    : {
        type: 'file' as const,
        file: issueMediaUrl(nameOrUrl),
        caption: asRichText(caption),
      };
}

export const image = (nameOrUrl: string, caption: TextParts = []) =>
  new BlockDraft(issue => ({
    type: 'image',
    image: medium(nameOrUrl, caption, issue),
  }));

export const video = (nameOrUrl: string, caption: TextParts = []) =>
  new BlockDraft(issue => ({
    type: 'video',
    video: medium(nameOrUrl, caption, issue),
  }));

export const audio = (nameOrUrl: string, caption: TextParts = []) =>
  new BlockDraft(issue => ({
    type: 'audio',
    audio: medium(nameOrUrl, caption, issue),
  }));

export const pdf = (nameOrUrl: string, caption: TextParts = []) =>
  new BlockDraft(issue => ({
    type: 'pdf',
    pdf: medium(nameOrUrl, caption, issue),
  }));

export const file = (nameOrUrl: string, caption: TextParts = []) =>
  new BlockDraft(issue => ({
    type: 'file',
    file: {
      ...medium(nameOrUrl, caption, issue),
      name: nameOrUrl.split('/').at(-1) ?? nameOrUrl,
    },
  }));

/** What the API shows of a block that it cannot express, such as a button. */
export const unsupported = (blockType: string) =>
  block({ type: 'unsupported', unsupported: { block_type: blockType } });
