import { BlockContent } from 'mdast';
import { BlockNode } from '../source/PageSnapshot';
import { audio } from './blocks/audio';
import { bookmark } from './blocks/bookmark';
import { breadcrumb } from './blocks/breadcrumb';
import { bulletedListItem } from './blocks/bulleted_list_item';
import { callout } from './blocks/callout';
import { childDatabase } from './blocks/child_database';
import { childPage } from './blocks/child_page';
import { code } from './blocks/code';
import { column } from './blocks/column';
import { columnList } from './blocks/column_list';
import { divider } from './blocks/divider';
import { embed } from './blocks/embed';
import { equation } from './blocks/equation';
import { file } from './blocks/file';
import { heading1 } from './blocks/heading_1';
import { heading2 } from './blocks/heading_2';
import { heading3 } from './blocks/heading_3';
import { heading4 } from './blocks/heading_4';
import { image } from './blocks/image';
import { linkPreview } from './blocks/link_preview';
import { linkToPage } from './blocks/link_to_page';
import { meetingNotes } from './blocks/meeting_notes';
import { numberedListItem } from './blocks/numbered_list_item';
import { paragraph } from './blocks/paragraph';
import { pdf } from './blocks/pdf';
import { quote } from './blocks/quote';
import { syncedBlock } from './blocks/synced_block';
import { tab } from './blocks/tab';
import { table } from './blocks/table';
import { tableOfContents } from './blocks/table_of_contents';
import { tableRow } from './blocks/table_row';
import { template } from './blocks/template';
import { toDo } from './blocks/to_do';
import { toggle } from './blocks/toggle';
import { transcription } from './blocks/transcription';
import { unsupported, unsupportedBlock } from './blocks/unsupported';
import { video } from './blocks/video';
import type { BlockOf, BlockType, Conversion } from './Conversion';

/**
 * Makes Markdown of a block and of all below it. Nothing is thrown: what cannot be written is a placeholder and a warning. Text must
 * not be lost, nor may children be left out.
 */
export type BlockConverter<T extends BlockType> = (
  block: BlockOf<T>,
  children: readonly BlockNode[],
  conversion: Conversion,
) => BlockContent[];

/** Every block type of the SDK: one that it adds fails the type check here. */
const converters: { [T in BlockType]: BlockConverter<T> } = {
  audio,
  bookmark,
  breadcrumb,
  bulleted_list_item: bulletedListItem,
  callout,
  child_database: childDatabase,
  child_page: childPage,
  code,
  column,
  column_list: columnList,
  divider,
  embed,
  equation,
  file,
  heading_1: heading1,
  heading_2: heading2,
  heading_3: heading3,
  heading_4: heading4,
  image,
  link_preview: linkPreview,
  link_to_page: linkToPage,
  meeting_notes: meetingNotes,
  numbered_list_item: numberedListItem,
  paragraph,
  pdf,
  quote,
  synced_block: syncedBlock,
  tab,
  table,
  table_of_contents: tableOfContents,
  table_row: tableRow,
  template,
  to_do: toDo,
  toggle,
  transcription,
  unsupported,
  video,
};

/** Converts a block of any type; a type of the future is named where it stands, and what is below it is kept. */
export function convertBlock(
  { block, children }: BlockNode,
  conversion: Conversion,
): BlockContent[] {
  return Object.hasOwn(converters, block.type)
    ? convertAs(block.type, block, children, conversion)
    : unsupportedBlock(block, block.type, children, conversion);
}

type ByType = { [T in BlockType]: BlockOf<T> };

function convertAs<T extends BlockType>(
  type: T,
  block: ByType[T],
  children: readonly BlockNode[],
  conversion: Conversion,
): BlockContent[] {
  const convert: (
    block: ByType[T],
    children: readonly BlockNode[],
    conversion: Conversion,
  ) => BlockContent[] = converters[type];
  return convert(block, children, conversion);
}
