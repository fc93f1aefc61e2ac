import { bareId, notionId } from '../notion/ids';

const anchor = (block: string | undefined) =>
  block === undefined ? '' : `#${bareId(notionId(block))}`;

const slug = (title: string) => title.replace(/[^\p{L}\p{N}]+/gu, '-');

/** The address of a page or block as the API writes it into text; both are named by key. */
export function pathTo(page: string, block?: string): string {
  return `/${bareId(notionId(page))}${anchor(block)}`;
}

/** As "Copy link" gives it: workspace, title, id, and where it was copied. */
export function copiedLink(title: string, page: string, block?: string) {
  return `https://www.notion.so/acme/${slug(title)}-${bareId(
    notionId(page),
  )}?pvs=4${anchor(block)}`;
}

/** Every other form that addresses of pages have, or had. */
export const addressForms = {
  'notion.so with the id alone': (page: string, block?: string) =>
    `https://www.notion.so/${bareId(notionId(page))}${anchor(block)}`,
  'notion.so without www': (page: string) =>
    `https://notion.so/Old-title-${bareId(notionId(page))}`,
  'notion.so with a dashed id': (page: string) =>
    `https://www.notion.so/${notionId(page)}`,
  'a page shown beside another': (page: string) =>
    `https://www.notion.so/acme/Home-${bareId(notionId('zcp'))}?p=${bareId(
      notionId(page),
    )}&pm=s`,
  'notion.site': (page: string, block?: string) =>
    `https://acme.notion.site/Any-title-${bareId(notionId(page))}${anchor(
      block,
    )}`,
  'notion.site with the id alone': (page: string) =>
    `https://acme.notion.site/${bareId(notionId(page))}`,
  'app.notion.com': (page: string, block?: string) =>
    `https://app.notion.com/p/acme/Any-title-${bareId(notionId(page))}${anchor(
      block,
    )}`,
  'app.notion.com with the id alone': (page: string) =>
    `https://app.notion.com/p/${bareId(notionId(page))}`,
  'a path': pathTo,
  'the id alone': (page: string) => bareId(notionId(page)),
  'the dashed id alone': (page: string) => notionId(page),
} as const;
