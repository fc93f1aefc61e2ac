import type { BlockObjectResponse, PageObjectResponse } from '@notionhq/client';
import { BlockNode } from '../source/PageSnapshot';
import { listedPage, pagesBelow } from './listedPages';
import { listedRows } from './listedRows';
import { ListChanged, ListReader } from './ListReader';
import { PageParts } from './PageParts';
import { problemOrThrow, withheldOrThrow } from './refusals';
import { DatabaseContent } from './SnapshotStore';

/** A page that is listed somewhere, with what the list tells of it. */
export type ListedPage = {
  readonly id: string;
  readonly title: string;
  readonly editedTime: string;
  /** Where the list gives the whole page, as those of data sources do. */
  readonly page?: PageObjectResponse;
};

/** What is in a page. Copies of synced blocks have no children yet: those are read where their source is. */
export type PageContent = {
  readonly blocks: readonly BlockNode[];
  readonly databases: Readonly<Record<string, DatabaseContent>>;
  /** By blocks that could not be read now: the pages that were below them when they could. */
  readonly unread?: Readonly<Record<string, readonly ListedPage[]>>;
};

export type PageReaderOptions = {
  lists: ListReader;
  parts: PageParts;
  /** The page as it was the last time: its databases, which spares asking for their data sources, and what was below blocks. */
  before?: PageContent;
  /** Told of pages that are listed in this one, as soon as they are known. Nobody looks into databases where it is left out. */
  onPage?: (page: ListedPage) => void;
  /** Whether to look into a block for what is below it; into all that have children where left out. */
  goesInto?: (block: BlockObjectResponse) => boolean;
};

/** Reads what is in a page or block, to any depth, as concurrently as the queue of calls allows. */
export class PageReader {
  readonly #options: PageReaderOptions;
  readonly #databases: Record<string, DatabaseContent> = {};
  readonly #unread: Record<string, readonly ListedPage[]> = {};

  constructor(options: PageReaderOptions) {
    this.#options = options;
  }

  /** Fails with what Notion answers where the page itself is not there; blocks in it that fail are noted on their node. */
  async read(listId: string): Promise<PageContent> {
    const blocks = await this.#nodes(listId);
    const isAllRead = Object.keys(this.#unread).length === 0;
    return {
      blocks,
      databases: this.#databases,
      ...(!isAllRead && { unread: this.#unread }),
    };
  }

  async #nodes(listId: string): Promise<BlockNode[]> {
    const { lists, parts } = this.#options;
    try {
      return await this.#readNodes(listId);
    } catch (error) {
      if (!(error instanceof ListChanged)) throw error;
      lists.forget(listId, parts);
      return this.#readNodes(listId);
    }
  }

  async #readNodes(listId: string): Promise<BlockNode[]> {
    const { lists, parts } = this.#options;
    const nodes: Promise<BlockNode>[] = [];
    for await (const blocks of lists.blocks(listId, parts)) {
      for (const block of blocks) {
        const node = this.#node(block);
        node.catch(() => {
          // It is awaited below, where the list has not failed before.
        });
        nodes.push(node);
      }
    }
    return Promise.all(nodes);
  }

  async #node(block: BlockObjectResponse): Promise<BlockNode> {
    const { onPage, goesInto = () => true } = this.#options;
    switch (block.type) {
      case 'child_page':
        onPage?.(listedPage(block));
        return { block, children: [] };
      case 'child_database': {
        if (!onPage) return { block, children: [] };
        const database = await this.#readDatabase(block.id);
        listedRows(database).forEach(onPage);
        return { block, children: [], ...problemOf(database) };
      }
      default:
        if (!block.has_children || syncedFrom(block) || !goesInto(block)) {
          return { block, children: [] };
        }
        return this.#withChildren(block);
    }
  }

  async #withChildren(block: BlockObjectResponse): Promise<BlockNode> {
    try {
      return { block, children: await this.#nodes(block.id) };
    } catch (error) {
      const problem = problemOrThrow(error);
      const { before, onPage } = this.#options;
      const pages = before ? pagesBelow(block.id, before) : [];
      // They are asked for by themselves: that their list cannot be read is not to say that they are gone.
      if (pages.length > 0 && onPage) {
        this.#unread[block.id] = pages;
        pages.forEach(onPage);
      }
      return { block, children: [], problem };
    }
  }

  async #readDatabase(databaseId: string): Promise<DatabaseContent> {
    const database = await readDatabase(
      databaseId,
      this.#options,
      this.#options.before?.databases[databaseId],
    );
    this.#databases[databaseId] = database;
    return database;
  }
}

/**
 * The rows of a database. Its data sources are asked for where they are not known, or not there any more. Where it cannot be read, its
 * rows are those of the last time.
 */
export async function readDatabase(
  databaseId: string,
  { lists, parts }: Pick<PageReaderOptions, 'lists' | 'parts'>,
  known?: DatabaseContent,
): Promise<DatabaseContent> {
  const rowsOf = async (dataSourceIds: readonly string[]) => ({
    dataSourceIds,
    rows: (
      await Promise.all(dataSourceIds.map(id => lists.rows(id, parts)))
    ).flat(),
  });
  if (known && known.dataSourceIds.length > 0) {
    try {
      return await rowsOf(known.dataSourceIds);
    } catch (error) {
      withheldOrThrow(error, `the rows of the database ${databaseId}`);
    }
  }
  try {
    return await rowsOf(await lists.dataSourceIds(databaseId, parts));
  } catch (error) {
    const problem = problemOrThrow(error);
    return { dataSourceIds: [], rows: known?.rows ?? [], problem };
  }
}

/** The id of the source, for the copy of a synced block. */
export function syncedFrom(block: BlockObjectResponse): string | undefined {
  return block.type === 'synced_block'
    ? block.synced_block.synced_from?.block_id
    : undefined;
}

export function problemOf({ problem }: Pick<DatabaseContent, 'problem'>): {
  problem?: string;
} {
  return problem === undefined ? {} : { problem };
}
