/** Well below what either engine takes as values of one statement. */
const AT_ONCE = 500;

/** Values in as many parts as it takes statements for them. */
export function chunks<T>(values: readonly T[], atOnce = AT_ONCE): T[][] {
  return Array.from({ length: Math.ceil(values.length / atOnce) }, (_, at) =>
    values.slice(at * atOnce, (at + 1) * atOnce),
  );
}
