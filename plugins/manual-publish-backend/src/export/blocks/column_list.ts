import type { BlockConverter } from '../convertBlock';
import { jsxBlock } from '../../mdx/jsx';

export const columnList: BlockConverter<'column_list'> = (
  _,
  children,
  conversion,
) => {
  const columns = conversion.blocks(children);
  return columns.length === 0 ? [] : [jsxBlock('Columns', {}, columns)];
};
