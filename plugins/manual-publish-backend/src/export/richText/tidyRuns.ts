import { Run, Style } from './runs';

/**
 * Runs as Markdown can write them: neighbours that look the same are one, white space at the edge of styles and links is outside of
 * them, and there is none where a line begins or ends.
 */
export function tidyRuns(runs: readonly Run[]): Run[] {
  return merged(trimmedLines(merged(runs).flatMap(edgesOutside)));
}

const sameStyles = (a: ReadonlySet<Style>, b: ReadonlySet<Style>) =>
  a.size === b.size && [...a].every(style => b.has(style));

function merged(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs) {
    if (run.text === '') continue;
    const last = result.at(-1);
    const isSame =
      last &&
      last.kind === run.kind &&
      (run.kind === 'text' || run.kind === 'code') &&
      last.href === run.href &&
      sameStyles(last.styles, run.styles);
    if (isSame) {
      result[result.length - 1] = { ...last, text: last.text + run.text };
    } else {
      result.push(run);
    }
  }
  return result;
}

const plain = (text: string): Run => ({
  kind: 'text',
  text,
  styles: new Set<Style>(),
});

function edgesOutside(run: Run): Run[] {
  const isPlain = run.styles.size === 0 && run.href === undefined;
  if (run.kind !== 'text' || isPlain) return [run];
  const inner = run.text.trim();
  if (inner === '') return [plain(run.text)];
  const start = run.text.indexOf(inner);
  return [
    plain(run.text.slice(0, start)),
    { ...run, text: inner },
    plain(run.text.slice(start + inner.length)),
  ];
}

function trimmedLines(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  let line: Run[] = [];
  const endLine = () => {
    result.push(...trimmed(line));
    line = [];
  };
  for (const run of merged(runs)) {
    if (run.kind === 'break') {
      endLine();
      result.push(run);
    } else {
      line.push(run);
    }
  }
  endLine();
  return withoutEdgeBreaks(result);
}

function trimmed(line: readonly Run[]): Run[] {
  const last = line.length - 1;
  return line
    .map((run, index) => {
      if (run.kind !== 'text') return run;
      const start = index === 0 ? run.text.trimStart() : run.text;
      return { ...run, text: index === last ? start.trimEnd() : start };
    })
    .filter(run => run.text !== '');
}

function withoutEdgeBreaks(runs: readonly Run[]): Run[] {
  const isText = (run: Run) => run.kind !== 'break';
  const start = runs.findIndex(isText);
  return start === -1 ? [] : runs.slice(start, runs.findLastIndex(isText) + 1);
}
