import type { BlockConverter } from '../convertBlock';

/** Left out: the site shows where a page is, above each of them. */
export const breadcrumb: BlockConverter<'breadcrumb'> = (
  _,
  children,
  conversion,
) => conversion.blocks(children);
