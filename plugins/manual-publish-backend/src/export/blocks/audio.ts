import type { BlockConverter } from '../convertBlock';
import { mediaBlocks, playerOf } from '../mediaBlocks';

export const audio: BlockConverter<'audio'> = (block, children, conversion) =>
  mediaBlocks(block, children, conversion, playerOf('Audio'));
