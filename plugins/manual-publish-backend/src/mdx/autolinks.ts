/** A part of a text; what is hidden stands in an element of its own, so that the parts are not seen as one. */
export type TextPart = { readonly text: string; readonly hidden?: boolean };

/**
 * Addresses that GFM makes links of wherever it finds them in a text, escaped or not, as it looks again when the text has been
 * read: `www.`, `http://` and addresses of mail. They are no links in Notion, or they would have come as such.
 */
const LINKED = /www(?=\.)|https?(?=:\/\/[-.\w])|@(?=[-\w]+\.[-\w])/giu;

/** Splits a text where it would become a link. */
export function splitAutolinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINKED)) {
    if (match.index > end) {
      parts.push({ text: text.slice(end, match.index) });
    }
    parts.push({ text: match[0], hidden: true });
    end = match.index + match[0].length;
  }
  if (end < text.length || parts.length === 0) {
    parts.push({ text: text.slice(end) });
  }
  return parts;
}
