import GithubSlugger, { slug } from 'github-slugger';
import { BlockNode, PageSnapshot } from '../source/PageSnapshot';
import { cleanText } from './cleanText';
import { plainText } from './richText/plainText';

/**
 * The id of each heading of a page, by its block: its text as GitHub makes slugs, made unique in the page by a number. Ids are
 * written out, so translations have those of the source. A heading that a synced block repeats has its first id here.
 */
export function headingAnchors(
  snapshot: PageSnapshot,
): ReadonlyMap<string, string> {
  return new Map(
    [...headingOccurrences(snapshot)].map(([id, [first]]) => [id, first]),
  );
}

/** The ids of each heading in the order of its places in the page. */
export function headingOccurrences(
  snapshot: PageSnapshot,
): Map<string, string[]> {
  const slugger = new GithubSlugger();
  const anchors = new Map<string, string[]>();
  const visit = ({ block, children }: BlockNode) => {
    const text = headingText(block);
    if (text !== undefined) {
      const anchor = slugger.slug(slugOf(text));
      anchors.set(block.id, [...(anchors.get(block.id) ?? []), anchor]);
    }
    children.forEach(visit);
  };
  snapshot.blocks.forEach(visit);
  return anchors;
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
