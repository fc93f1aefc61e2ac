import type { BlockConverter } from '../convertBlock';
import { linkBelow } from '../linkBelow';

/** Its rows are pages of their own. */
export const childDatabase: BlockConverter<'child_database'> = (
  block,
  children,
  conversion,
) => linkBelow(block, block.child_database.title, children, conversion);
