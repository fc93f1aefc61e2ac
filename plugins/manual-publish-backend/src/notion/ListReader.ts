import type { BlockObjectResponse, PageObjectResponse } from '@notionhq/client';
import { SourceUnavailable } from '../source/errors';
import { ListAnswer, NotionCalls } from './NotionCalls';
import { notionFailure } from './notionFailure';
import { PageParts } from './PageParts';

/** The block at which a list was to go on has gone meanwhile: it has to be read from its beginning. Twice in a row is too much. */
export class ListChanged extends SourceUnavailable {}

/** Reads lists page by page, and none of them twice within a reading. */
export class ListReader {
  readonly #blockLists = new Map<
    string,
    Promise<ListAnswer<BlockObjectResponse>>[]
  >();

  constructor(private readonly calls: NotionCalls) {}

  /** What Notion gives at once of the blocks in a page or block. Throws ListChanged. */
  async *blocks(
    listId: string,
    parts: PageParts,
  ): AsyncGenerator<readonly BlockObjectResponse[]> {
    const answers = this.#blockLists.get(listId) ?? [];
    this.#blockLists.set(listId, answers);
    let cursor: string | undefined;
    for (let number = 0; number === 0 || cursor !== undefined; number++) {
      answers[number] ??= this.#blocks(listId, number, cursor, parts);
      const { results, nextCursor } = await answers[number];
      yield results;
      cursor = nextCursor;
    }
  }

  /** All blocks in a page or block. Throws ListChanged. */
  async allBlocks(
    listId: string,
    parts: PageParts,
  ): Promise<readonly BlockObjectResponse[]> {
    const all: BlockObjectResponse[] = [];
    for await (const some of this.blocks(listId, parts)) all.push(...some);
    return all;
  }

  forget(listId: string, parts: PageParts): void {
    this.#blockLists.delete(listId);
    parts.restart(blockList(listId));
  }

  async rows(
    dataSourceId: string,
    parts: PageParts,
  ): Promise<PageObjectResponse[]> {
    const rows: PageObjectResponse[] = [];
    let cursor: string | undefined;
    for (let number = 0; number === 0 || cursor !== undefined; number++) {
      const from = cursor;
      const answer = await parts.read(
        'rows',
        `rows/${dataSourceId}`,
        number,
        async () => ({
          kind: 'rows',
          ...(await this.calls.rows(dataSourceId, from)),
        }),
      );
      rows.push(...answer.results);
      cursor = answer.nextCursor;
    }
    return rows;
  }

  async dataSourceIds(databaseId: string, parts: PageParts): Promise<string[]> {
    const { ids } = await parts.read(
      'dataSources',
      `database/${databaseId}`,
      0,
      async () => {
        const database = await this.calls.database(databaseId);
        return {
          kind: 'dataSources',
          ids: database?.data_sources.map(({ id }) => id) ?? [],
        };
      },
    );
    return [...ids];
  }

  async #blocks(
    listId: string,
    number: number,
    cursor: string | undefined,
    parts: PageParts,
  ): Promise<ListAnswer<BlockObjectResponse>> {
    try {
      return await parts.read(
        'blocks',
        blockList(listId),
        number,
        async () => ({
          kind: 'blocks',
          ...(await this.calls.children(listId, cursor)),
        }),
      );
    } catch (error) {
      if (cursor !== undefined && notionFailure(error).kind === 'invalid') {
        throw new ListChanged(`The list ${listId} changed while it was read`);
      }
      throw error;
    }
  }
}

function blockList(listId: string): string {
  return `blocks/${listId}`;
}
