import type { BlockConverter } from '../convertBlock';
import { headingBlocks } from '../headingBlocks';

export const heading2: BlockConverter<'heading_2'> = (
  block,
  children,
  conversion,
) => headingBlocks(2, block, block.heading_2, children, conversion);
