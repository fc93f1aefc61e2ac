import type { BlockConverter } from '../convertBlock';

/** Left out: the site has one beside each page. */
export const tableOfContents: BlockConverter<'table_of_contents'> = (
  _,
  children,
  conversion,
) => conversion.blocks(children);
