/** The text as Docusaurus parses it where headings may have ids as `{#id}`, as they may by default before its version 4. */
export const escapedHeadingIds = (text: string): string =>
  text.replace(/(?:^|\n)#{1,6}(?!#).*/g, line =>
    line.replace('{#', '\\{#').replace('\\\\{#', '\\{#'),
  );
