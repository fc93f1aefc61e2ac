/** Well below what either engine takes as values of one statement. */
const AT_ONCE = 500;

/** Values in as many parts as it takes statements for them. */
export function chunks<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / AT_ONCE) }, (_, at) =>
    values.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
}
