import type { BlockObjectResponse, PageObjectResponse } from '@notionhq/client';
import { PageOutline } from '../source/ManualSource';
import { listsWithPages } from './folders';
import { StoredSnapshot } from './SnapshotStore';
import { titleOf } from '../source/titleOf';
import { PageDraft, Reading, TreeReader } from './TreeReader';

/** What writers lay out pages with, and so what may have pages in it. Text that has text below it is not looked into. */
const LAYOUT: ReadonlySet<string> = new Set<BlockObjectResponse['type']>([
  'column_list',
  'column',
  'toggle',
  'heading_1',
  'heading_2',
  'heading_3',
  'heading_4',
  'callout',
  'synced_block',
  'tab',
]);

/**
 * The pages of a tree with as few calls as that takes. A page below an ordinary paragraph or list item is found once its parent has
 * been read with its content; what is read here is not read again for that.
 */
export async function readOutline(
  root: PageObjectResponse,
  reading: Omit<Reading, 'goesInto'>,
): Promise<PageOutline | undefined> {
  const tabs = new Set<string>();
  const goesInto = (
    block: BlockObjectResponse,
    stored: StoredSnapshot | undefined,
  ) => {
    if (block.type === 'tab') tabs.add(block.id);
    return (
      LAYOUT.has(block.type) ||
      (block.parent.type === 'block_id' && tabs.has(block.parent.block_id)) ||
      (stored !== undefined && leadsToPages(block.id, stored))
    );
  };
  const draft = await new TreeReader({ ...reading, goesInto }).read({
    id: root.id,
    title: titleOf(root),
    editedTime: root.last_edited_time,
    page: root,
  });
  return typeof draft === 'string' ? undefined : toOutline(draft);
}

/** Whether there were pages somewhere below the block when its page was read with its content. */
function leadsToPages(blockId: string, stored: StoredSnapshot): boolean {
  const find = (nodes: StoredSnapshot['content']['blocks']): boolean =>
    nodes.some(({ block, children }) =>
      block.id === blockId
        ? listsWithPages(blockId, children).length > 0
        : find(children),
    );
  return find(stored.content.blocks);
}

function toOutline({ listed, stored, children }: PageDraft): PageOutline {
  const page = listed.page ?? stored?.content.page;
  return {
    id: listed.id,
    title: listed.title,
    url: page?.url ?? `https://www.notion.so/${listed.id.replaceAll('-', '')}`,
    lastEditedAt: new Date(listed.editedTime),
    children: children.map(toOutline),
  };
}
