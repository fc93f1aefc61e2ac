import { durationToMilliseconds } from '@backstage/types';
import type { PageObjectResponse } from '@notionhq/client';
import pLimit from 'p-limit';
import { TreeReading } from '../source/ManualSource';
import { PageTree } from '../source/PageSnapshot';
import { StoredContent, StoredSnapshot } from './SnapshotStore';
import { SyncedSources } from './SyncedSources';
import { PageDraft, Reading, allDrafts } from './TreeReader';

/** Readings that nobody went on with for so long are given up. */
const PARTS_LAST_MS = durationToMilliseconds({ days: 1 });
const SAVED_AT_ONCE = 4;

/** Stores what was read, erases what is not in the tree any more, and hands out the tree. */
export async function keepTree(
  root: PageDraft,
  pages: ReadonlyMap<string, PageObjectResponse>,
  sources: SyncedSources,
  { store, now }: Pick<Reading, 'store' | 'now'>,
): Promise<TreeReading> {
  const fetchedPageIds = new Set<string>();
  const saves: StoredSnapshot[] = [];
  const fetched = new Set(
    allDrafts(root).flatMap(({ isFetched, listed }) =>
      isFetched ? [listed.id] : [],
    ),
  );

  const keep = (draft: PageDraft): PageTree[] => {
    const { listed, parentId, content, stored, checkedAt } = draft;
    const page = pages.get(listed.id);
    if (!page) return [];
    const syncedSources = sources.digests(content.blocks);
    const hasNewSources =
      sources.pagesBehind(content.blocks).some(id => fetched.has(id)) ||
      !isSame(syncedSources, stored?.content.syncedSources);
    const isFetched = draft.isFetched || hasNewSources;
    const readAt =
      hasNewSources && checkedAt > draft.readAt ? checkedAt : draft.readAt;
    if (isFetched) fetchedPageIds.add(listed.id);
    if (
      isFetched ||
      draft.children.length > 0 ||
      draft === root ||
      (parentId !== undefined && stored?.parentId !== parentId)
    ) {
      const kept: StoredContent = { ...content, page, syncedSources };
      saves.push({
        pageId: listed.id,
        parentId: parentId ?? stored?.parentId,
        editedTime: listed.editedTime,
        readAt,
        checkedAt,
        content: kept,
      });
    }
    return [
      {
        snapshot: { page, blocks: sources.resolve(content.blocks), readAt },
        children: draft.children.flatMap(keep),
        ...(draft.withheld.length > 0 && { withheld: draft.withheld }),
      },
    ];
  };

  const [tree] = keep(root);
  const limit = pLimit(SAVED_AT_ONCE);
  await Promise.all(saves.map(snapshot => limit(() => store.save(snapshot))));
  await store.eraseStrays(allDrafts(root).map(({ listed }) => listed.id));
  await store.dropPartsBefore(new Date(now().getTime() - PARTS_LAST_MS));
  return { tree, fetchedPageIds };
}

function isSame(
  digests: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> = {},
): boolean {
  const ids = Object.keys(digests);
  return (
    ids.length === Object.keys(before).length &&
    ids.every(id => digests[id] === before[id])
  );
}
