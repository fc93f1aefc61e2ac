const HEADING_ID = /\{\/\* #(\S+) \*\/\}|\{#([^\s{}]+)\}/g;

/** The ids of the headings of a file, as Herald writes them, in either way. */
export function writtenHeadings(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(HEADING_ID)].flatMap(([, mdx, classic]) => {
      const id = mdx ?? classic;
      return id === undefined ? [] : [id];
    }),
  );
}

/** The heading that a link leads to, of the part of it that begins with `#`. */
export function headingIn(hash: string): string {
  const id = hash.slice(1);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
