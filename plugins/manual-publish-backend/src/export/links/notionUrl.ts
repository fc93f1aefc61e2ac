import { LinkTarget } from '../ConversionContext';

const HOSTS = /(^|\.)(notion\.so|notion\.site|notion\.com)$/i;
const ID = '[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const BARE = new RegExp(`^(?:${ID})$`, 'i');
/** The id at the end of a part of a path: titles before it are decoration. */
const AT_END = new RegExp(`(?:^|[^0-9a-z])(${ID})$`, 'i');

/** What Notion calls itself in links that leave out where they go. */
const BASE = 'https://www.notion.so/';

/**
 * What an address of Notion goes to; `undefined` where it is none. It may be one of `notion.so`, `notion.site`, `app.notion.com`,
 * `notion://`, a path (`/Title-id`), an id alone, or `#block` of `currentPageId`.
 */
export function parseNotionUrl(
  href: string,
  currentPageId: string,
): LinkTarget | undefined {
  const text = href.trim();
  if (BARE.test(text)) return { pageId: dashed(text) };
  if (text.startsWith('#')) {
    const blockId = idAtEnd(text.slice(1));
    return blockId === undefined
      ? undefined
      : { pageId: currentPageId, blockId };
  }
  const url = notionUrl(text);
  if (!url) return undefined;
  const peeked = idAtEnd(url.searchParams.get('p') ?? '');
  const path = url.pathname.split('/').reverse().map(decoded);
  const pageId = peeked ?? path.map(idAtEnd).find(id => id !== undefined);
  if (pageId === undefined) return undefined;
  const blockId = idAtEnd(url.hash.slice(1));
  return blockId === undefined ? { pageId } : { pageId, blockId };
}

/** An address within Notion in the form that a browser opens; `undefined` for all others. */
export function notionUrl(href: string): URL | undefined {
  const text = href.trim().replace(/^notion:\/*/i, 'https://');
  const isPath = text.startsWith('/') && !text.startsWith('//');
  try {
    const url = new URL(text, isPath ? BASE : undefined);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && HOSTS.test(url.hostname) ? url : undefined;
  } catch {
    return undefined;
  }
}

function idAtEnd(text: string): string | undefined {
  const id = AT_END.exec(text)?.[1];
  return id === undefined ? undefined : dashed(id);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Ids as Notion's answers have them. */
function dashed(id: string): string {
  return id
    .toLowerCase()
    .replaceAll('-', '')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
