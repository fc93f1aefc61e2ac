/** Cut so that a number still fits within what a name may have. */
const CUT_BYTES = 80;
const MAX_BYTES = 100;

/** Names that Windows keeps for devices, and that Docusaurus takes for the index of a folder. */
const RESERVED =
  /^(?:con|prn|aux|nul|conin|conout|com\d|lpt\d|index|readme)(?:\.|$)/;

/** What Docusaurus takes for the position of a file and not for its name; dates and versions it leaves alone. */
const NUMBER_PREFIX = /^(\d+)[-.]+([^-.].*)$/;
const DATE_OR_VERSION = /^\d+[-.]\d+/;

/**
 * A title as the name of a file or folder and part of an address: letters and digits of any script, hyphens, and dots between
 * digits. Safe on every file system. Titles without any letter or digit are named by the page's id.
 */
export function slugOf(title: string, id: string): string {
  const words = folded(title)
    .replace(/['’]/g, '')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{C}]/gu, match =>
      /\s/.test(match) ? ' ' : '',
    )
    .replace(/[^\p{L}\p{N}\p{M}.]+|\.(?!\d)|(?<!\d)\./gu, '-');
  // What stood between two characters may have kept them from being one.
  const slug = tidy(cut(withoutPosition(tidy(folded(words)), title)));
  if (slug === '') return `page-${id.replaceAll('-', '').slice(0, 8)}`;
  return RESERVED.test(slug) ? `page-${slug}` : slug;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}

/** Whether a name is one that `slugOf` could have made, whatever its number: manifests come from the repository. */
export function isSafeSlug(name: string): boolean {
  return (
    /^[\p{L}\p{N}\p{M}.-]+$/u.test(name) &&
    tidy(name) === name &&
    name === name.normalize('NFKC') &&
    bytesOf(name) <= MAX_BYTES &&
    !/[\p{Default_Ignorable_Code_Point}]|\.(?!\d)|(?<!\d)\./u.test(name) &&
    !RESERVED.test(name) &&
    !hasPosition(name)
  );
}

/** Names that differ must differ in this, too: file systems fold case and compositions in different ways. */
export function foldedName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** The name as Docusaurus reads it. */
export function readName(name: string): string {
  return hasPosition(name) ? name.replace(NUMBER_PREFIX, '$2') : name;
}

/** Also without what cannot begin a word, such as accents of their own. */
function tidy(words: string): string {
  return words
    .replace(/-{2,}/g, '-')
    .replace(/^[-.\p{M}]+/u, '')
    .replace(/[-.]+$/, '');
}

/** `1. Start` is `start`: its place is in the front matter. `2026 report` is `report-2026`: there the number is a word. */
function withoutPosition(slug: string, title: string): string {
  if (!hasPosition(slug)) return slug;
  const isPosition = /^\s*(?:0\d*|\d+\s*[.):_–—-])/.test(title);
  return tidy(slug.replace(NUMBER_PREFIX, isPosition ? '$2' : '$2-$1'));
}

function hasPosition(name: string): boolean {
  return NUMBER_PREFIX.test(name) && !DATE_OR_VERSION.test(name);
}

function cut(slug: string): string {
  const whole = upTo(CUT_BYTES, graphemesOf(slug));
  return whole === '' ? upTo(CUT_BYTES, slug) : whole;
}

function upTo(limit: number, parts: Iterable<string>): string {
  let text = '';
  for (const part of parts) {
    if (bytesOf(text + part) > limit) break;
    text += part;
  }
  return text;
}

function graphemesOf(text: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
