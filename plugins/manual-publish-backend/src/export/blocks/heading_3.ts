import type { BlockConverter } from '../convertBlock';
import { headingBlocks } from '../headingBlocks';

export const heading3: BlockConverter<'heading_3'> = (
  block,
  children,
  conversion,
) => headingBlocks(3, block, block.heading_3, children, conversion);
