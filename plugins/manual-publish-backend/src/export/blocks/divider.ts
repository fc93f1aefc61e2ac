import type { BlockConverter } from '../convertBlock';

export const divider: BlockConverter<'divider'> = (_, children, conversion) => [
  { type: 'thematicBreak' },
  ...conversion.blocks(children),
];
