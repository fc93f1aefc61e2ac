import {
  BlockObjectResponse,
  Client,
  LogLevel,
  collectPaginatedAPI,
  isFullBlock,
} from '@notionhq/client';
import { NotionToMarkdown } from 'notion-to-md';
import { Exporter } from './Exporter';

/**
 * notion-to-md as its documentation uses it, a file for each page. It has no tree of pages: who wants one lists the children of
 * each page to find those below. Refused calls are the client's to repeat, as it does by itself.
 */
export const notionToMd: Exporter = {
  name: 'notion-to-md 3.1.9',
  async export(notion, rootId) {
    const notionClient = new Client({
      auth: notion.token,
      baseUrl: notion.url,
      logLevel: LogLevel.ERROR,
    });
    const converter = new NotionToMarkdown({
      notionClient,
      config: { parseChildPages: false },
    });
    const exportPage = async (pageId: string): Promise<string[]> => {
      const converted = await converter.pageToMarkdown(pageId);
      const { parent = '' } = converter.toMarkdownString(converted);
      const texts = [parent];
      for (const child of await pagesBelow(notionClient, pageId)) {
        texts.push(...(await exportPage(child)));
      }
      return texts;
    };
    return { texts: await exportPage(rootId) };
  },
};

export async function childrenOf(
  client: Client,
  blockId: string,
): Promise<BlockObjectResponse[]> {
  const children = await collectPaginatedAPI(client.blocks.children.list, {
    block_id: blockId,
  });
  return children.filter(isFullBlock);
}

async function pagesBelow(client: Client, pageId: string): Promise<string[]> {
  const children = await childrenOf(client, pageId);
  return children
    .filter(({ type }) => type === 'child_page')
    .map(({ id }) => id);
}
