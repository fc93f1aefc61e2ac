import { PageTree } from './PageSnapshot';

/** A page without its content. Times are of the minute, as Notion has them. */
export type PageOutline = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly lastEditedAt: Date;
  readonly children: readonly PageOutline[];
};

export type ReadProgress = {
  /** Pages that are there with their content. */
  readonly pagesDone: number;
  /** Pages that are known so far; it grows while folders are read. */
  readonly pagesKnown: number;
  readonly current?: string;
};

export type ReadOptions = {
  readonly signal: AbortSignal;
  /** Read all pages, changed or not. */
  readonly force?: boolean;
  /**
   * What was read since this moment counts as read, changed or not: with the moment a job began, a job that goes on after a restart
   * repeats no call. By the clock of this machine.
   */
  readonly since?: Date;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Told of each call that was made, for the job's cost. */
  readonly onCall?: () => void;
};

/** What was read, and which of it is new since the snapshots that were stored before. */
export type TreeReading = {
  readonly tree: PageTree;
  /** Ids of pages whose content was read now and not taken from a stored snapshot. */
  readonly fetchedPageIds: ReadonlySet<string>;
};

export type CallOptions = Pick<ReadOptions, 'signal' | 'onCall'> & {
  /** Somebody looks on: calls that are made in the background do not go before all of these. */
  readonly isWaitedFor?: boolean;
};

export type PageAbove = { readonly id: string; readonly title: string };

/** What is above a page. */
export type Ancestry = {
  /** The nearest first, as far up as they are shown; none from one in the trash on. */
  readonly pages: readonly PageAbove[];
  /** The id of the next page above them, where that one is not shown. */
  readonly unseen?: string;
};

/** Where manuals are written. */
export interface ManualSource {
  /**
   * A page and all below it, with their content. Unchanged pages come from stored snapshots; what is read is stored as it comes, so
   * that a restart repeats no call.
   *
   * @throws PageNotFound, SourceUnavailable
   */
  readTree(pageId: string, options: ReadOptions): Promise<TreeReading>;

  /**
   * A page and all below it, without content.
   *
   * @throws PageNotFound, SourceUnavailable
   */
  readOutline(pageId: string, options: CallOptions): Promise<PageOutline>;

  /**
   * What is above this page.
   *
   * @throws PageNotFound where it is not shown or in the trash, SourceUnavailable
   */
  ancestorsOf(pageId: string, options: CallOptions): Promise<Ancestry>;

  /** Media expire within the hour: the block again, with fresh URLs. `undefined` where it is gone. */
  refreshBlock(
    blockId: string,
    options: CallOptions,
  ): Promise<import('@notionhq/client').BlockObjectResponse | undefined>;

  /** Remembers that a page has changed, as a webhook says. */
  markChanged(pageId: string): Promise<void>;
}
