import type { BlockConverter } from '../convertBlock';
import { labelledUrl } from '../labelledUrl';

export const linkPreview: BlockConverter<'link_preview'> = (
  block,
  children,
  conversion,
) => [
  ...labelledUrl('Bookmark', block, block.link_preview, conversion),
  ...conversion.blocks(children),
];
