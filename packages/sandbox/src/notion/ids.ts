import { createHash } from 'node:crypto';

/** The same id for the same key in every run: so content can link to what is described further down. */
export function notionId(key: string): string {
  const hex = createHash('sha256')
    .update(`herald-sandbox:${key}`)
    .digest('hex');
  return dashed(
    `${hex.slice(0, 12)}4${hex.slice(13, 16)}8${hex.slice(17, 32)}`,
  );
}

/** The dashed lower-case form of an id in any of the forms that Notion takes; undefined when it is none. */
export function parseNotionId(text: string): string | undefined {
  const bare =
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
      ? text.replaceAll('-', '')
      : text;
  return /^[0-9a-f]{32}$/i.test(bare) ? dashed(bare.toLowerCase()) : undefined;
}

export function bareId(id: string): string {
  return id.replaceAll('-', '');
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
