import type { BlockConverter } from '../convertBlock';

export const divider: BlockConverter<'divider'> = () => [
  { type: 'thematicBreak' },
];
