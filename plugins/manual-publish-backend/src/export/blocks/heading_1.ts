import type { BlockConverter } from '../convertBlock';
import { headingBlocks } from '../headingBlocks';

export const heading1: BlockConverter<'heading_1'> = (
  block,
  children,
  conversion,
) => headingBlocks(1, block, block.heading_1, children, conversion);
