import { PageOutline } from '../source/ManualSource';

export type StoredOutline = {
  readonly outline: PageOutline;
  readonly readAt: Date;
};

/** A page as a job last published it. */
export type LastPublished = {
  readonly publishedAt: Date;
  readonly editedAt: Date;
  readonly readAt: Date;
};

/** What is known of manuals without asking where they are written. */
export interface ManualsStore {
  /** `undefined` where none is stored, or one of another root page. */
  outline(
    solution: string,
    rootPageId: string,
  ): Promise<StoredOutline | undefined>;

  storeOutline(
    solution: string,
    outline: PageOutline,
    readAt: Date,
  ): Promise<void>;

  /** What is stored of the tree is older than anything from now on. */
  expire(solution: string): Promise<void>;

  /** By page id. */
  lastPublished(solution: string): Promise<ReadonlyMap<string, LastPublished>>;

  /** Ids of the pages of all solutions that were published. */
  publishedPageIds(): Promise<readonly string[]>;

  /** Forgets the trees and published pages of all but these solutions, unless they were touched since. */
  forgetOthers(solutions: readonly string[], before: Date): Promise<void>;
}
