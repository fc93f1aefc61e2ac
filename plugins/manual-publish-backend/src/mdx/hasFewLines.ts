const RANGES = /\{([\d,-]+)\}/g;
/** Far more than any code has that people read. */
const MOST_LINES = 10_000;

/** Whether the lines that a fence's meta marks are few: the site makes a list of them all, in memory. */
export function hasFewLines(meta: string): boolean {
  const parts = [...meta.matchAll(RANGES)].flatMap(([, ranges = '']) =>
    ranges.split(','),
  );
  const counts = parts.map(part => {
    const [, first, last = first] = /^(-?\d+)(?:-(-?\d+))?$/.exec(part) ?? [];
    // No line has such a number; and where numbers are so large that adding one changes nothing, the list would have no end.
    const isLine = [first, last].every(
      line => Math.abs(Number(line ?? 0)) <= MOST_LINES,
    );
    return isLine ? Math.abs(Number(last ?? 0) - Number(first ?? 0)) + 1 : NaN;
  });
  return counts.reduce((sum, count) => sum + count, 0) <= MOST_LINES;
}
