import { BlockContent, PhrasingContent } from 'mdast';
import { BlockNode } from '../source/PageSnapshot';
import type { Block, Conversion } from './Conversion';
import { detailsOf } from './detailsOf';
import type { RichText } from './richText/convertRichText';

const MEETING_NOTES: PhrasingContent = { type: 'text', value: 'Meeting notes' };

/** Summary, notes and transcript of a meeting, below its title. */
export function notesOf(
  block: Block,
  title: readonly RichText[] | undefined,
  children: readonly BlockNode[],
  conversion: Conversion,
): BlockContent[] {
  const text: PhrasingContent[] = conversion.richText(title ?? [], block);
  const content = conversion.blocks(children);
  if (text.length === 0 && content.length === 0) return [];
  const summary = text.length > 0 ? text : [MEETING_NOTES];
  return [detailsOf(summary, content)];
}
