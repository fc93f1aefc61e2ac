import type { BlockConverter } from '../convertBlock';
import { mediaBlocks, namedFile } from '../mediaBlocks';

export const pdf: BlockConverter<'pdf'> = (block, children, conversion) =>
  mediaBlocks(block, children, conversion, namedFile('Pdf', block, conversion));
