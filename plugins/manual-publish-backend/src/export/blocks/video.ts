import type { BlockConverter } from '../convertBlock';
import { mediaBlocks, playerOf } from '../mediaBlocks';

export const video: BlockConverter<'video'> = (block, children, conversion) =>
  mediaBlocks(block, children, conversion, playerOf('Video'));
