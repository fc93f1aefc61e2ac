import { BlockContent } from 'mdast';
import { BlockNode } from '../../source/PageSnapshot';
import type { Block, Conversion } from '../Conversion';
import type { BlockConverter } from '../convertBlock';
import { placeholder } from '../placeholder';

/** What Notion's API does not express, such as a button. */
export const unsupported: BlockConverter<'unsupported'> = (
  block,
  children,
  conversion,
) =>
  unsupportedBlock(
    block,
    block.unsupported?.block_type || 'unsupported',
    children,
    conversion,
  );

/** Names a block that is not written, where it stands and in a warning; what is below it is written. */
export function unsupportedBlock(
  { id }: Block,
  type: string,
  children: readonly BlockNode[],
  conversion: Conversion,
): BlockContent[] {
  conversion.warn(
    'unsupported-block',
    `Blocks of the type ${type} are not published; a link to it in Notion is in its place`,
    id,
  );
  return [
    placeholder(
      `This part is in Notion only: ${type}`,
      conversion.notionUrl(id),
    ),
    ...conversion.blocks(children),
  ];
}
