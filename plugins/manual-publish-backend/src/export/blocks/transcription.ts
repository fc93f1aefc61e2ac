import type { BlockConverter } from '../convertBlock';
import { notesOf } from '../notesOf';

/** What meeting notes were called before the API's version 2026-03-11. */
export const transcription: BlockConverter<'transcription'> = (
  block,
  children,
  conversion,
) => notesOf(block, block.transcription.title, children, conversion);
