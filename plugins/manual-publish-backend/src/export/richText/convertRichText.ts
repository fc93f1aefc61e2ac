import type { RichTextItemResponse } from '@notionhq/client';
import { InlineCode, PhrasingContent } from 'mdast';
import { jsxText } from '../../mdx/jsx';
import { cleanText } from '../../source/cleanText';
import { plainText } from './plainText';
import { Run, runsOf, Style, STYLES } from './runs';
import { tidyRuns } from './tidyRuns';

export type RichText = RichTextItemResponse;

export type RichTextOptions = {
  /** Links are left as their text, as where a link cannot be. */
  readonly withoutLinks?: boolean;
};

type Surroundings = RichTextOptions & {
  /** Where a link of Notion goes; `undefined` leaves its text. */
  follow(href: string): string | undefined;
  titleOf(pageId: string): string | undefined;
};

/**
 * Rich text as Markdown.
 *
 * What becomes of styles, by one rule: what says something is kept, what only looks is not. Bold, italic, code and struck-through
 * text have their Markdown. Underlined text is `<u>`, highlighted text (a background colour) is `<mark>`. Which colour it was is left
 * out, and so are colours of text: a site has its own, for light and dark. (Of blocks, only the colour of a callout says something.)
 */
export function convertRichText(
  items: readonly RichText[],
  surroundings: Surroundings,
): PhrasingContent[] {
  const runs = runsOf(items, surroundings.titleOf).map(run => {
    const { href, ...rest } = run;
    if (href === undefined || surroundings.withoutLinks) return rest;
    const target = surroundings.follow(href);
    return target === undefined ? rest : { ...rest, href: target };
  });
  return linked(tidyRuns(runs));
}

/** Code is on one line, or it would not be read as what was written. */
export const textAsCode = (text: string): InlineCode => ({
  type: 'inlineCode',
  value: cleanText(text).replace(/\s+/g, ' ').trim(),
});

/** What would take too long as text, as it was typed but for its lines. */
export const richTextAsCode = (
  items: readonly RichText[],
): PhrasingContent[] => [textAsCode(plainText(items))];

/** Links are the outermost, as they cannot be in each other. */
function linked(runs: readonly Run[]): PhrasingContent[] {
  return grouped(runs, run => run.href).flatMap(({ key, group }) =>
    key === undefined
      ? styled(group, STYLES)
      : [{ type: 'link' as const, url: key, children: styled(group, STYLES) }],
  );
}

function styled(
  runs: readonly Run[],
  [style, ...inner]: readonly Style[],
): PhrasingContent[] {
  if (style === undefined) return runs.map(leaf);
  return grouped(runs, run => run.styles.has(style)).flatMap(({ key, group }) =>
    key ? [wrapped(style, styled(group, inner))] : styled(group, inner),
  );
}

function wrapped(style: Style, children: PhrasingContent[]): PhrasingContent {
  switch (style) {
    case 'underline':
      return jsxText('u', children);
    case 'mark':
      return jsxText('mark', children);
    default:
      return { type: style, children };
  }
}

function leaf(run: Run): PhrasingContent {
  switch (run.kind) {
    case 'code':
      return { type: 'inlineCode', value: run.text };
    case 'math':
      return { type: 'inlineMath', value: run.text };
    case 'break':
      return { type: 'break' };
    default:
      return { type: 'text', value: run.text };
  }
}

/** Neighbours of equal key together, in their order. */
function grouped<K>(
  runs: readonly Run[],
  keyOf: (run: Run) => K,
): Array<{ key: K; group: Run[] }> {
  const groups: Array<{ key: K; group: Run[] }> = [];
  for (const run of runs) {
    const key = keyOf(run);
    const last = groups.at(-1);
    if (last && last.key === key) last.group.push(run);
    else groups.push({ key, group: [run] });
  }
  return groups;
}
