import type { BlockConverter } from '../convertBlock';
import { linkBelow } from '../linkBelow';

export const childPage: BlockConverter<'child_page'> = (
  block,
  children,
  conversion,
) => linkBelow(block, block.child_page.title, children, conversion);
