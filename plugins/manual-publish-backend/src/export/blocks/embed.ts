import type { BlockConverter } from '../convertBlock';
import { labelledUrl } from '../labelledUrl';

export const embed: BlockConverter<'embed'> = (block, children, conversion) => [
  ...labelledUrl('Embed', block, block.embed, conversion),
  ...conversion.blocks(children),
];
