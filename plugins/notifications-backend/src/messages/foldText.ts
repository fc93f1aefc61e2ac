/**
 * Text without the difference of case, for comparing. Done here and not by the engines, because SQLite folds ASCII only and
 * PostgreSQL what its locale knows. Upper case first: it is what unites `ß` with `SS` and the two small sigmas.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFKC');
}
