import { Client, LogLevel } from '@notionhq/client';
import { setTimeout as delay } from 'node:timers/promises';
import { Exporter } from './Exporter';
import { childrenOf } from './notionToMd';

/**
 * The calls of the ZMP manual backend, not its code: one after the other, at three a second whatever the API says. A page is
 * retrieved, listed to find out whether it has pages, and listed again to be exported; a table is listed as a block, and again
 * for its rows.
 */
export function zmpPattern(perSecond: number): Exporter {
  return {
    name: 'ZMP pattern',
    async export(notion, rootId) {
      const client = new Client({
        auth: notion.token,
        baseUrl: notion.url,
        logLevel: LogLevel.ERROR,
      });
      const inPace = fixedPace(perSecond);
      const list = (id: string) => inPace(() => childrenOf(client, id));
      const exportBlocks = async (id: string): Promise<void> => {
        for (const block of await list(id)) {
          if (!block.has_children || block.type === 'child_page') continue;
          await exportBlocks(block.id);
          if (block.type === 'table') await list(block.id);
        }
      };
      const exportPage = async (pageId: string): Promise<void> => {
        await inPace(() => client.pages.retrieve({ page_id: pageId }));
        const children = await list(pageId);
        await exportBlocks(pageId);
        for (const child of children) {
          if (child.type === 'child_page') await exportPage(child.id);
        }
      };
      await exportPage(rootId);
      return { texts: [] };
    },
  };
}

/** Starts so many calls a second and no more, evenly. */
function fixedPace(perSecond: number) {
  let nextAt = 0;
  return async <T>(call: () => Promise<T>): Promise<T> => {
    const now = performance.now();
    const at = Math.max(now, nextAt);
    nextAt = at + 1000 / perSecond;
    if (at > now) await delay(at - now);
    return call();
  };
}
