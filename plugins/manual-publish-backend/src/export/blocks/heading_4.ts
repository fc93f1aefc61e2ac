import type { BlockConverter } from '../convertBlock';
import { headingBlocks } from '../headingBlocks';

export const heading4: BlockConverter<'heading_4'> = (
  block,
  children,
  conversion,
) => headingBlocks(4, block, block.heading_4, children, conversion);
