import { webAddress } from '../../mdx/webAddress';
import { cleanText } from '../../source/cleanText';
import type { Conversion } from '../Conversion';
import { notionUrl, parseNotionUrl } from './notionUrl';

/**
 * Where a link goes in the site: a page of the export by its file, others by their address. `undefined`, with a warning, where it must
 * not be a link (`javascript:`) or cannot be one.
 */
export function followLink(
  href: string,
  conversion: Conversion,
  blockId: string,
): string | undefined {
  const address = cleanText(href).trim();
  const target = parseNotionUrl(address, conversion.pageId);
  if (target) {
    const link =
      conversion.context.linkTo(target) ??
      (target.blockId && conversion.context.linkTo({ pageId: target.pageId }));
    if (link) return link;
    const outside = notionAddress(address, target.pageId);
    conversion.warn(
      'link-outside',
      `A link goes to a page that is not exported: ${outside}`,
      blockId,
    );
    return outside;
  }
  const url = notionUrl(address) ?? webAddress(address);
  if (url === undefined) {
    conversion.warn(
      'link-dropped',
      `A link was left out, as this is no address that a page may link to: ${address.slice(
        0,
        200,
      )}`,
      blockId,
    );
  }
  return url?.toString();
}

function notionAddress(address: string, pageId: string): string {
  const url = notionUrl(address);
  return url?.href ?? `https://www.notion.so/${pageId.replaceAll('-', '')}`;
}
