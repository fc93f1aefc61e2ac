import { parseNotionUrl } from './notionUrl';

const PAGE = '0123456789abcdef0123456789abcdef';
const BLOCK = 'fedcba9876543210fedcba9876543210';
const page = '01234567-89ab-cdef-0123-456789abcdef';
const block = 'fedcba98-7654-3210-fedc-ba9876543210';
const here = '11111111-1111-1111-1111-111111111111';

describe('an address of Notion', () => {
  it.each([
    ['notion.so', `https://notion.so/${PAGE}`],
    ['with www', `https://www.notion.so/${PAGE}`],
    ['http', `http://www.notion.so/${PAGE}`],
    ['with a title', `https://www.notion.so/Getting-started-${PAGE}`],
    [
      'with a title of hexadecimal digits',
      `https://www.notion.so/abc-def-${PAGE}`,
    ],
    [
      'with a title of other scripts',
      `https://www.notion.so/%EC%8B%9C%EC%9E%91-${PAGE}`,
    ],
    ['with a workspace', `https://www.notion.so/acme/Getting-started-${PAGE}`],
    ['with a query', `https://www.notion.so/acme/A-${PAGE}?pvs=4`],
    ['with dashes', `https://www.notion.so/${page}`],
    ['in capitals', `https://www.NOTION.so/${PAGE.toUpperCase()}`],
    ['notion.site', `https://acme.notion.site/A-${PAGE}`],
    ['app.notion.com', `https://app.notion.com/p/acme/A-${PAGE}`],
    ['of the app', `notion://www.notion.so/acme/A-${PAGE}`],
    ['of the app, without a host in front', `notion://notion.so/${PAGE}`],
    ['a path', `/${PAGE}`],
    ['a path with a title', `/Getting-started-${PAGE}?pvs=4`],
    ['an id', PAGE],
    ['an id with dashes', page],
    [
      'a page shown beside another',
      `https://www.notion.so/acme/${BLOCK}?v=${BLOCK}&p=${PAGE}&pm=s`,
    ],
    ['with white space around', ` https://www.notion.so/${PAGE}\n`],
  ])('is read: %s', (_, href) => {
    expect(parseNotionUrl(href, here)).toEqual({ pageId: page });
  });

  it.each([
    ['of a page', `https://www.notion.so/A-${PAGE}#${BLOCK}`, page],
    ['with a query', `https://acme.notion.site/A-${PAGE}?pvs=4#${BLOCK}`, page],
    ['of a path', `/${PAGE}#${block}`, page],
    ['of this page', `#${BLOCK}`, here],
  ])('is read with its block: %s', (_, href, pageId) => {
    expect(parseNotionUrl(href, here)).toEqual({ pageId, blockId: block });
  });

  it.each([
    ['a look-alike', `https://notion.so.example.com/${PAGE}`],
    ['another look-alike', `https://mynotion.so/${PAGE}`],
    ['an id elsewhere', `https://example.com/${PAGE}`],
    ['a protocol-relative one', `//example.com/${PAGE}`],
    ['no id', 'https://www.notion.so/help'],
    ['too long an id', `https://www.notion.so/${PAGE}0`],
    ['an anchor of words', '#top'],
    ['a script', `javascript:/${PAGE}`],
    ['nothing', ''],
  ])('is not seen in %s', (_, href) => {
    expect(parseNotionUrl(href, here)).toBeUndefined();
  });
});
