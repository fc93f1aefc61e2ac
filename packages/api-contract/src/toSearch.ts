/** What a parameter of a query may be; see `toSearch` for how it is written. @public */
export type QueryValue =
  | string
  | number
  | boolean
  | readonly string[]
  | undefined;

/**
 * The query of a URL with its question mark, or nothing. A list repeats its parameter; what is undefined is left out.
 *
 * @public
 */
export function toSearch(query: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const single of [value].flat()) {
      if (single !== undefined) {
        search.append(name, String(single));
      }
    }
  }
  return search.size > 0 ? `?${search}` : '';
}
