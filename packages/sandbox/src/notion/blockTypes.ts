import { BlockObjectResponse } from '@notionhq/client';

export type BlockType = BlockObjectResponse['type'];

/**
 * All block types of the API. A type that a new SDK adds, or takes away, fails the type check here, and then the
 * demo content's test until the type has been used in it.
 */
export const blockTypes = {
  audio: true,
  bookmark: true,
  breadcrumb: true,
  bulleted_list_item: true,
  callout: true,
  child_database: true,
  child_page: true,
  code: true,
  column: true,
  column_list: true,
  divider: true,
  embed: true,
  equation: true,
  file: true,
  heading_1: true,
  heading_2: true,
  heading_3: true,
  heading_4: true,
  image: true,
  link_preview: true,
  link_to_page: true,
  meeting_notes: true,
  numbered_list_item: true,
  paragraph: true,
  pdf: true,
  quote: true,
  synced_block: true,
  tab: true,
  table: true,
  table_of_contents: true,
  table_row: true,
  template: true,
  to_do: true,
  toggle: true,
  transcription: true,
  unsupported: true,
  video: true,
} as const satisfies Record<BlockType, true>;

type FieldOfEveryBlock = keyof BlockObjectResponse;

/** What differs between blocks: the type and the member that is named after it. */
export type BlockContent = ContentOf<BlockObjectResponse>;

type ContentOf<B extends BlockObjectResponse> = B extends unknown
  ? Pick<B, 'type'> & Omit<B, FieldOfEveryBlock>
  : never;

/** What all blocks have in common. */
export type BlockFrame = Omit<
  Pick<BlockObjectResponse, FieldOfEveryBlock>,
  'type'
>;
