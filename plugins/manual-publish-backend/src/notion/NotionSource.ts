import { LoggerService } from '@backstage/backend-plugin-api';
import type { BlockObjectResponse, PageObjectResponse } from '@notionhq/client';
import { NoPageForNotion, PageNotFound } from '../source/errors';
import { positionsIn } from '../source/PageSnapshot';
import {
  Ancestry,
  CallOptions,
  ManualSource,
  PageOutline,
  ReadOptions,
  TreeReading,
} from '../source/ManualSource';
import { readAncestors } from './ancestors';
import { CallQueue, CallQueueOptions } from './CallQueue';
import { isRecent } from './freshness';
import { keepTree } from './keepTree';
import { ListReader } from './ListReader';
import { loadPages } from './loadPages';
import { NotionCalls, NotionConnection } from './NotionCalls';
import { readOutline } from './outline';
import { PageParts } from './PageParts';
import { absenceOrThrow, withheldOrThrow } from './refusals';
import { SnapshotStore } from './SnapshotStore';
import { SourceClock } from './SourceClock';
import { SyncedSources } from './SyncedSources';
import { titleOf } from '../source/titleOf';
import { PageDraft, Reading, TreeReader, allDrafts } from './TreeReader';

export type NotionSourceOptions = NotionConnection & {
  store: SnapshotStore;
  logger: LoggerService;
  /** The wall clock: when what was read was read. */
  now?: () => Date;
  queue?: CallQueueOptions;
};

/** Manuals that are written in Notion. All readings share one queue of calls, as they share one token. */
export class NotionSource implements ManualSource {
  readonly #options: NotionSourceOptions;
  readonly #queue: CallQueue;
  readonly #clock: SourceClock;
  readonly #now: () => Date;

  constructor(options: NotionSourceOptions) {
    this.#options = options;
    this.#queue = new CallQueue(options.queue);
    this.#clock = new SourceClock(options.now ?? (() => new Date()));
    this.#now = () => this.#clock.now();
  }

  async readTree(pageId: string, options: ReadOptions): Promise<TreeReading> {
    const { store } = this.#options;
    const { since } = options;
    return this.#whileItLasts(options, async (calls, onProgress) => {
      const reading: Reading = {
        store,
        lists: new ListReader(calls),
        now: this.#now,
        rules: {
          since: since && (() => this.#clock.at(since)),
          force: options.force ?? false,
        },
        onProgress,
      };
      const root = await this.#rootPage(calls, pageId, reading);
      const draft = await new TreeReader(reading).read({
        id: root.id,
        title: titleOf(root),
        editedTime: root.last_edited_time,
        page: root,
      });
      if (typeof draft === 'string') throw new PageNotFound(pageId);

      const { pages, withheldIds } = await this.#pagesOf(calls, draft);
      const present = withoutMissing(draft, pages, withheldIds);
      if (!present) throw new PageNotFound(pageId);
      const sources = new SyncedSources(reading, allDrafts(present));
      await sources.readForeign();
      return keepTree(present, pages, sources, reading);
    });
  }

  async readOutline(
    pageId: string,
    options: CallOptions,
  ): Promise<PageOutline> {
    const { store } = this.#options;
    return this.#whileItLasts(options, async calls => {
      const rules = { force: false };
      const lists = new ListReader(calls);
      const reading = { store, lists, rules, now: this.#now };
      const root = await this.#rootPage(calls, pageId, reading);
      const outline = await readOutline(root, reading);
      if (!outline) throw new PageNotFound(pageId);
      return outline;
    });
  }

  async ancestorsOf(pageId: string, options: CallOptions): Promise<Ancestry> {
    return this.#whileItLasts(options, calls => readAncestors(calls, pageId));
  }

  async refreshBlock(
    blockId: string,
    options: CallOptions,
  ): Promise<BlockObjectResponse | undefined> {
    return this.#whileItLasts(options, async calls => {
      try {
        const block = await calls.block(blockId);
        return block?.in_trash ? undefined : block;
      } catch (error) {
        withheldOrThrow(error, `the block ${blockId}`);
        return undefined;
      }
    });
  }

  async markChanged(pageId: string): Promise<void> {
    await this.#options.store.markChanged(pageId, this.#now());
  }

  /** Nothing of a reading goes on after it has ended, however it ended. */
  async #whileItLasts<T>(
    options: Omit<ReadOptions, 'force' | 'since'> & CallOptions,
    read: (
      calls: NotionCalls,
      onProgress: ReadOptions['onProgress'],
    ) => Promise<T>,
  ): Promise<T> {
    options.signal.throwIfAborted();
    const { logger } = this.#options;
    const end = new AbortController();
    const calls = new NotionCalls({
      connection: this.#options,
      queue: this.#queue,
      logger,
      signal: AbortSignal.any([options.signal, end.signal]),
      onCall: options.onCall,
      isWaitedFor: options.isWaitedFor ?? false,
      onAnswer: date => this.#clock.told(date),
    });
    try {
      return await read(calls, progress => {
        if (!end.signal.aborted) options.onProgress?.(progress);
      });
    } finally {
      end.abort(new Error('The reading has ended'));
    }
  }

  async #rootPage(
    calls: NotionCalls,
    pageId: string,
    reading: Pick<Reading, 'store' | 'rules'>,
  ): Promise<PageObjectResponse> {
    const stored = await reading.store.find(pageId);
    if (stored && isRecent(stored.checkedAt, reading.rules)) {
      return stored.content.page;
    }
    const parts = new PageParts({
      ...reading,
      pageId,
      editedTime: '',
      now: this.#now,
    });
    try {
      const { page } = await parts.read('page', 'page', 0, async () => {
        const answer = await calls.page(pageId);
        if (!answer || answer.in_trash) throw new PageNotFound(pageId);
        return { kind: 'page', page: answer };
      });
      return page;
    } catch (error) {
      throw error instanceof PageNotFound ? error : rootFailure(error, pageId);
    }
  }

  /** What Notion says of the pages beside their content, for those that are there. */
  async #pagesOf(
    calls: NotionCalls,
    root: PageDraft,
  ): Promise<{
    pages: ReadonlyMap<string, PageObjectResponse>;
    withheldIds: ReadonlySet<string>;
  }> {
    const pages = new Map<string, PageObjectResponse>();
    const withheldIds = new Set<string>();
    const wanted = new Map<string, PageDraft>();
    for (const draft of allDrafts(root)) {
      const { listed, stored, parts } = draft;
      const known =
        listed.page ??
        (stored && stored.readAt >= draft.readAt
          ? stored.content.page
          : (await parts.find('page', 'page', 0))?.page);
      if (known) pages.set(listed.id, known);
      else wanted.set(listed.id, draft);
    }
    await loadPages(
      calls,
      [...wanted.values()].map(({ listed }) => listed),
      {
        page: async page => {
          pages.set(page.id, page);
          await wanted.get(page.id)?.parts.add('page', { kind: 'page', page });
        },
        withheld: id => withheldIds.add(id),
      },
    );
    return { pages, withheldIds };
  }
}

function rootFailure(error: unknown, pageId: string): unknown {
  try {
    absenceOrThrow(error, `the page ${pageId}`);
  } catch (failure) {
    if (!(failure instanceof NoPageForNotion)) return failure;
  }
  return new PageNotFound(pageId);
}

/** Without pages whose lists were still there when they were read, but which are not now. */
function withoutMissing(
  draft: PageDraft,
  pages: ReadonlyMap<string, PageObjectResponse>,
  withheldIds: ReadonlySet<string>,
): PageDraft | undefined {
  if (!pages.has(draft.listed.id)) return undefined;
  const positions = positionsIn(draft);
  const withheld = draft.children.flatMap(({ listed }, index) =>
    withheldIds.has(listed.id)
      ? [{ id: listed.id, title: listed.title, position: positions[index] }]
      : [],
  );
  return {
    ...draft,
    children: draft.children.flatMap(
      child => withoutMissing(child, pages, withheldIds) ?? [],
    ),
    withheld: [...draft.withheld, ...withheld],
  };
}
