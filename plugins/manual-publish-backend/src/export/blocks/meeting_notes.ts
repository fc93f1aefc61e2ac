import type { BlockConverter } from '../convertBlock';
import { notesOf } from '../notesOf';

export const meetingNotes: BlockConverter<'meeting_notes'> = (
  block,
  children,
  conversion,
) => notesOf(block, block.meeting_notes.title, children, conversion);
