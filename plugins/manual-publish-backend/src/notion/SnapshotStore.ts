import type { BlockObjectResponse, PageObjectResponse } from '@notionhq/client';
import { BlockNode } from '../source/PageSnapshot';
import { ListAnswer } from './NotionCalls';
import type { ListedPage } from './PageReader';

/** Rows are pages; they are listed by the data sources of their database. */
export type DatabaseContent = {
  readonly dataSourceIds: readonly string[];
  readonly rows: readonly PageObjectResponse[];
  /** Why there are no rows, or not all. */
  readonly problem?: string;
};

/** A page as it is stored. Copies of synced blocks have no children here: they are those of their source. */
export type StoredContent = {
  readonly page: PageObjectResponse;
  readonly blocks: readonly BlockNode[];
  readonly databases: Readonly<Record<string, DatabaseContent>>;
  /** By blocks that could not be read: the pages that were below them when they could. */
  readonly unread?: Readonly<Record<string, readonly ListedPage[]>>;
  /** By the id of a source that the page has a copy of: a digest of what was in it. */
  readonly syncedSources: Readonly<Record<string, string>>;
};

export type StoredSnapshot = {
  readonly pageId: string;
  /** The page above, where that is known. */
  readonly parentId?: string;
  /** As Notion gives it where it lists the page. */
  readonly editedTime: string;
  /** When the reading of its content began. */
  readonly readAt: Date;
  /** When the edited times of the pages below were read. */
  readonly checkedAt: Date;
  /** When a webhook last said that it has changed. */
  readonly changedAt?: Date;
  readonly content: StoredContent;
};

export type PartContent =
  | ({ readonly kind: 'blocks' } & ListAnswer<BlockObjectResponse>)
  | ({ readonly kind: 'rows' } & ListAnswer<PageObjectResponse>)
  | { readonly kind: 'dataSources'; readonly ids: readonly string[] }
  | { readonly kind: 'page'; readonly page: PageObjectResponse };

/** One answer about a page that has not been read completely. */
export type StoredPart = {
  readonly pageId: string;
  /** Which call it answers. */
  readonly part: string;
  /** When the page had been edited, as far as was known. */
  readonly editedTime: string;
  readonly readAt: Date;
  readonly content: PartContent;
};

/** What was read of Notion, across readings and restarts. */
export interface SnapshotStore {
  find(pageId: string): Promise<StoredSnapshot | undefined>;

  /** Replaces the page's snapshot, and drops its parts. A change that a webhook told of stays noted. */
  save(snapshot: Omit<StoredSnapshot, 'changedAt'>): Promise<void>;

  parts(pageId: string): Promise<readonly StoredPart[]>;
  addPart(part: StoredPart): Promise<void>;

  markChanged(pageId: string, at: Date): Promise<void>;

  /** Erases pages that were below one of these and are not among them any more, with all that was below those. */
  eraseStrays(pageIds: readonly string[]): Promise<void>;

  /**
   * Erases pages that are neither among these nor below one of them, and that were last looked at before this moment.
   *
   * @returns how many
   */
  eraseOutside(
    pageIds: readonly string[],
    checkedBefore: Date,
  ): Promise<number>;

  /** Drops parts of readings that nobody went on with. */
  dropPartsBefore(moment: Date): Promise<void>;
}
