import type { RichTextItemResponse } from '@notionhq/client';
import { isDeepFormula } from '../../mdx/isDeepFormula';
import { cleanText } from '../../source/cleanText';
import { mentionRun } from './mentions';

export const STYLES = [
  'delete',
  'mark',
  'underline',
  'emphasis',
  'strong',
] as const;
export type Style = (typeof STYLES)[number];

/** Something of rich text with all that is around it. */
export type Run = {
  readonly kind: 'text' | 'code' | 'math' | 'break';
  readonly text: string;
  readonly styles: ReadonlySet<Style>;
  readonly href?: string;
};

/** Comments are what TeX passes over; on one line, that would be all that follows. In literal text and behind a backslash is none. */
const COMMENTS =
  /(\\verb(?:\*(.)|([^*a-zA-Z]))[^\n]*?\2\3|\\.)|%[^\n]*(?:\n|$)/gs;

const withoutComments = (tex: string) => tex.replace(COMMENTS, '$1');

const onOneLine = (tex: string) => tex.replace(/\s+/g, ' ').trim();

/** Items as runs: lines are told apart, mentions are text with a link. */
export function runsOf(
  items: readonly RichTextItemResponse[],
  titleOf: (pageId: string) => string | undefined,
): Run[] {
  return items.flatMap(item => {
    const styles = stylesOf(item.annotations);
    const href = item.href ?? undefined;
    if (item.type === 'equation') {
      const tex = cleanText(item.equation.expression);
      const isDeep = isDeepFormula(tex);
      const kind = isDeep ? 'code' : 'math';
      const text = onOneLine(isDeep ? tex : withoutComments(tex));
      return text === '' ? [] : [{ kind, text, styles, href }];
    }
    if (item.type === 'mention') {
      return lines({ kind: 'text', styles, ...mentionRun(item, titleOf) });
    }
    return lines({
      kind: item.annotations.code ? 'code' : 'text',
      text: item.plain_text,
      styles,
      href,
    });
  });
}

function stylesOf(
  annotations: RichTextItemResponse['annotations'],
): Set<Style> {
  const styles = new Set<Style>();
  if (annotations.strikethrough) styles.add('delete');
  if (annotations.color?.endsWith('_background')) styles.add('mark');
  if (annotations.underline) styles.add('underline');
  if (annotations.italic) styles.add('emphasis');
  if (annotations.bold) styles.add('strong');
  return styles;
}

const NO_STYLES: ReadonlySet<Style> = new Set();

function lines(run: Run): Run[] {
  return cleanText(run.text)
    .split('\n')
    .flatMap((text, index): Run[] => [
      ...(index > 0
        ? [{ kind: 'break' as const, text: '\n', styles: NO_STYLES }]
        : []),
      { ...run, text },
    ]);
}
