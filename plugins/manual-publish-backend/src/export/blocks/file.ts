import type { BlockConverter } from '../convertBlock';
import { mediaBlocks, namedFile } from '../mediaBlocks';

export const file: BlockConverter<'file'> = (block, children, conversion) =>
  mediaBlocks(
    block,
    children,
    conversion,
    namedFile('FileLink', block, conversion),
  );
