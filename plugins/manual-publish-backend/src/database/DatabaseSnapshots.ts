import { Knex } from 'knex';
import {
  PartContent,
  SnapshotStore,
  StoredContent,
  StoredPart,
  StoredSnapshot,
} from '../notion/SnapshotStore';
import { compressJson, expandJson } from './compressedJson';
import { chunks } from './chunks';
import { toDate } from './engine';

const SNAPSHOTS = 'herald_page_snapshot';
const PARTS = 'herald_snapshot_part';

type SnapshotRow = {
  page_id: string;
  parent_id: string | null;
  edited_time: string;
  read_at: number | string;
  checked_at: number | string;
  changed_at: number | string | null;
  content: Buffer;
};

type PartRow = {
  page_id: string;
  part: string;
  edited_time: string;
  read_at: number | string;
  content: Buffer;
};

/** A content that is too large to be kept is not: its page is read again each time. */
export class DatabaseSnapshots implements SnapshotStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(pageId: string): Promise<StoredSnapshot | undefined> {
    const row = await this.#knex<SnapshotRow>(SNAPSHOTS)
      .where({ page_id: pageId })
      .first();
    if (!row) return undefined;
    return {
      pageId,
      parentId: row.parent_id ?? undefined,
      editedTime: row.edited_time,
      readAt: toDate(row.read_at),
      checkedAt: toDate(row.checked_at),
      changedAt: row.changed_at === null ? undefined : toDate(row.changed_at),
      content: await expandJson<StoredContent>(row.content),
    };
  }

  async save(snapshot: Omit<StoredSnapshot, 'changedAt'>): Promise<void> {
    const content = await compressJson(snapshot.content);
    await this.#knex.transaction(async tx => {
      await tx(PARTS).where({ page_id: snapshot.pageId }).delete();
      if (!content) {
        await tx(SNAPSHOTS).where({ page_id: snapshot.pageId }).delete();
        return;
      }
      await tx(SNAPSHOTS)
        .insert({
          page_id: snapshot.pageId,
          parent_id: snapshot.parentId ?? null,
          edited_time: snapshot.editedTime,
          read_at: snapshot.readAt.getTime(),
          checked_at: snapshot.checkedAt.getTime(),
          content,
        })
        .onConflict('page_id')
        .merge();
    });
  }

  async parts(pageId: string): Promise<readonly StoredPart[]> {
    const rows = await this.#knex<PartRow>(PARTS).where({ page_id: pageId });
    return Promise.all(
      rows.map(async row => ({
        pageId,
        part: row.part,
        editedTime: row.edited_time,
        readAt: toDate(row.read_at),
        content: await expandJson<PartContent>(row.content),
      })),
    );
  }

  async addPart(part: StoredPart): Promise<void> {
    const content = await compressJson(part.content);
    if (!content) return;
    await this.#knex(PARTS)
      .insert({
        page_id: part.pageId,
        part: part.part,
        edited_time: part.editedTime,
        read_at: part.readAt.getTime(),
        content,
      })
      .onConflict(['page_id', 'part'])
      .merge();
  }

  async markChanged(pageId: string, at: Date): Promise<void> {
    await this.#knex(SNAPSHOTS)
      .where({ page_id: pageId })
      .update({ changed_at: at.getTime() });
  }

  async eraseStrays(pageIds: readonly string[]): Promise<void> {
    const kept = new Set(pageIds);
    const strays = (await this.#below(pageIds)).filter(id => !kept.has(id));
    for (const stray of strays) await this.#eraseTree(stray, kept);
  }

  async eraseOutside(
    pageIds: readonly string[],
    checkedBefore: Date,
  ): Promise<number> {
    const rows: Pick<SnapshotRow, 'page_id' | 'parent_id'>[] =
      await this.#knex<SnapshotRow>(SNAPSHOTS).select('page_id', 'parent_id');
    const inside = withAllBelow(pageIds, rows);
    const outside = rows.flatMap(({ page_id: id }) =>
      inside.has(id) ? [] : [id],
    );
    let erased = 0;
    for (const ids of chunks(outside)) {
      erased += await this.#knex(SNAPSHOTS)
        .whereIn('page_id', ids)
        .where('checked_at', '<', checkedBefore.getTime())
        .delete();
    }
    return erased;
  }

  async dropPartsBefore(moment: Date): Promise<void> {
    await this.#knex(PARTS).where('read_at', '<', moment.getTime()).delete();
  }

  async #eraseTree(pageId: string, kept: ReadonlySet<string>): Promise<void> {
    let level = [pageId];
    const erased = new Set<string>();
    while (level.length > 0) {
      const below = await this.#below(level);
      for (const ids of chunks(level)) {
        await this.#knex(SNAPSHOTS).whereIn('page_id', ids).delete();
        await this.#knex(PARTS).whereIn('page_id', ids).delete();
      }
      level.forEach(id => erased.add(id));
      level = below.filter(id => !kept.has(id) && !erased.has(id));
    }
  }

  async #below(pageIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const ids of chunks(pageIds)) {
      found.push(
        ...(await this.#knex(SNAPSHOTS)
          .whereIn('parent_id', ids)
          .pluck('page_id')),
      );
    }
    return found;
  }
}

function withAllBelow(
  pageIds: readonly string[],
  rows: readonly Pick<SnapshotRow, 'page_id' | 'parent_id'>[],
): ReadonlySet<string> {
  const below = new Map<string, string[]>();
  for (const { page_id: id, parent_id: parentId } of rows) {
    if (parentId === null) continue;
    below.set(parentId, [...(below.get(parentId) ?? []), id]);
  }
  const found = new Set(pageIds);
  // A set that grows while it is gone through is gone through to its end.
  for (const id of found) below.get(id)?.forEach(each => found.add(each));
  return found;
}
