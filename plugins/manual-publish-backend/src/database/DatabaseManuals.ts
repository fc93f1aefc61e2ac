import { Knex } from 'knex';
import {
  LastPublished,
  ManualsStore,
  StoredOutline,
} from '../manuals/ManualsStore';
import { PageOutline } from '../source/ManualSource';
import { toDate } from './engine';

type WrittenOutline = Omit<PageOutline, 'lastEditedAt' | 'children'> & {
  lastEditedAt: number;
  children: WrittenOutline[];
};

export class DatabaseManuals implements ManualsStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async outline(
    solution: string,
    rootPageId: string,
  ): Promise<StoredOutline | undefined> {
    const row = await this.#knex('herald_manuals_tree')
      .where({ solution, root_page_id: rootPageId })
      .first();
    return (
      row && {
        outline: read(JSON.parse(row.tree)),
        readAt: toDate(row.read_at),
      }
    );
  }

  async storeOutline(
    solution: string,
    outline: PageOutline,
    readAt: Date,
  ): Promise<void> {
    await this.#knex('herald_manuals_tree')
      .insert({
        solution,
        root_page_id: outline.id,
        tree: JSON.stringify(written(outline)),
        read_at: readAt.getTime(),
      })
      .onConflict('solution')
      .merge();
  }

  async expire(solution: string): Promise<void> {
    await this.#knex('herald_manuals_tree')
      .where({ solution })
      .update({ read_at: 0 });
  }

  async publishedPageIds(): Promise<readonly string[]> {
    return this.#knex('herald_published_page').distinct().pluck('page_id');
  }

  async forgetOthers(
    solutions: readonly string[],
    before: Date,
  ): Promise<void> {
    for (const [table, moment] of [
      ['herald_manuals_tree', 'read_at'],
      ['herald_published_page', 'published_at'],
    ]) {
      await this.#knex(table)
        .whereNotIn('solution', [...solutions])
        .where(moment, '<', before.getTime())
        .delete();
    }
  }

  async lastPublished(
    solution: string,
  ): Promise<ReadonlyMap<string, LastPublished>> {
    const rows = await this.#knex('herald_published_page').where({ solution });
    return new Map(
      rows.map(row => [
        row.page_id,
        {
          publishedAt: toDate(row.published_at),
          editedAt: toDate(row.edited_at),
          readAt: toDate(row.read_at),
        },
      ]),
    );
  }
}

function written(outline: PageOutline): WrittenOutline {
  return {
    ...outline,
    lastEditedAt: outline.lastEditedAt.getTime(),
    children: outline.children.map(written),
  };
}

function read(outline: WrittenOutline): PageOutline {
  return {
    ...outline,
    lastEditedAt: toDate(outline.lastEditedAt),
    children: outline.children.map(read),
  };
}
