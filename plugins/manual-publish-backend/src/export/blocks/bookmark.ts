import type { BlockConverter } from '../convertBlock';
import { labelledUrl } from '../labelledUrl';

export const bookmark: BlockConverter<'bookmark'> = (
  block,
  children,
  conversion,
) => [
  ...labelledUrl('Bookmark', block, block.bookmark, conversion),
  ...conversion.blocks(children),
];
