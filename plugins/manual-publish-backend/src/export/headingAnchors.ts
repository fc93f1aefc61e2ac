import GithubSlugger, { slug } from 'github-slugger';
import { BlockNode, PageSnapshot } from '../source/PageSnapshot';
import { cleanText } from '../source/cleanText';
import { plainText } from './richText/plainText';

/** Ids of headings by their blocks, in the order of their places: a heading of a synced block may have several places in a page. */
export type HeadingIds = Readonly<Record<string, readonly string[]>>;

/**
 * The ids of the headings of a page: its text as GitHub makes slugs, made unique in the page by a number. Ids are written out, so
 * translations have those of the source. A heading keeps the ids that it had before, whatever its text is now: links and translations
 * that are not written anew would not find it. A new one takes none of theirs, wherever it stands.
 */
export function headingAnchors(
  snapshot: PageSnapshot,
  before: HeadingIds = {},
): ReadonlyMap<string, readonly string[]> {
  const headings = headingsOf(snapshot);
  const slugger = new GithubSlugger();
  const kept = new Map<string, string[]>();
  for (const { blockId } of headings) {
    const ids = kept.get(blockId) ?? [];
    const id = before[blockId]?.[ids.length];
    if (id === undefined || slugger.occurrences[id] !== undefined) continue;
    slugger.occurrences[id] = 0;
    kept.set(blockId, [...ids, id]);
  }
  const anchors = new Map<string, string[]>();
  for (const { blockId, slug: base } of headings) {
    const ids = anchors.get(blockId) ?? [];
    const id = kept.get(blockId)?.[ids.length] ?? slugger.slug(base);
    anchors.set(blockId, [...ids, id]);
  }
  return anchors;
}

/** In the order of their places, with what their ids are made of. */
function headingsOf(
  snapshot: PageSnapshot,
): readonly { blockId: string; slug: string }[] {
  const headings: { blockId: string; slug: string }[] = [];
  const visit = ({ block, children }: BlockNode) => {
    const text = headingText(block);
    // An empty heading is not written.
    if (text !== undefined && cleanText(text).trim() !== '') {
      headings.push({ blockId: block.id, slug: slugOf(text) });
    }
    children.forEach(visit);
  };
  snapshot.blocks.forEach(visit);
  return headings;
}

/** The highest level of heading that a page uses. */
export function topHeadingOf(snapshot: PageSnapshot): 1 | 2 | 3 | 4 {
  const used = new Set<string>();
  const visit = ({ block, children }: BlockNode) => {
    used.add(block.type);
    children.forEach(visit);
  };
  snapshot.blocks.forEach(visit);
  const levels = [1, 2, 3] as const;
  return levels.find(level => used.has(`heading_${level}`)) ?? 4;
}

function headingText(block: BlockNode['block']): string | undefined {
  switch (block.type) {
    case 'heading_1':
      return plainText(block.heading_1.rich_text);
    case 'heading_2':
      return plainText(block.heading_2.rich_text);
    case 'heading_3':
      return plainText(block.heading_3.rich_text);
    case 'heading_4':
      return plainText(block.heading_4.rich_text);
    default:
      return undefined;
  }
}

/** Letters, digits and dashes: nothing of it can end the comment or the braces that it is written in. */
function slugOf(text: string): string {
  const words = cleanText(text).replace(/\s+/g, ' ').trim();
  const cleaned = slug(words)
    .replace(/[^\p{L}\p{M}\p{N}_-]/gu, '')
    .replace(/^-+|-+$/g, '');
  return cleaned === '' ? 'section' : cleaned;
}
