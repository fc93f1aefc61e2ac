import { InternalFileResponse, PageObjectResponse } from './sdkTypes';
import { BlockContent } from './blockTypes';
import { notionId } from './ids';

/** Gives a URL for a medium at the moment when a block is answered: it expires an hour later. */
export type IssueMediaUrl = (mediaName: string) => InternalFileResponse;

export type Draft = BlockDraft | PageDraft | DatabaseDraft;

/** A block as a test or the demo describes it. */
export class BlockDraft {
  id?: string;
  readonly children: Draft[] = [];

  constructor(
    readonly content: (issueMediaUrl: IssueMediaUrl) => BlockContent,
  ) {}

  /** Names the block, so that `notionId(key)` is its id. */
  as(key: string): this {
    this.id = notionId(key);
    return this;
  }

  with(...children: Draft[]): this {
    this.children.push(...children);
    return this;
  }
}

/** A page as a test or the demo describes it: `page('Title').as('key').with(paragraph('Text'))`. */
export class PageDraft {
  id?: string;
  icon: PageObjectResponse['icon'] = null;
  cover?: (issueMediaUrl: IssueMediaUrl) => PageObjectResponse['cover'];
  readonly children: Draft[] = [];

  constructor(readonly title: string) {}

  as(key: string): this {
    this.id = notionId(key);
    return this;
  }

  withIcon(emoji: string): this {
    this.icon = { type: 'emoji', emoji };
    return this;
  }

  withCover(mediaName: string): this {
    this.cover = issueMediaUrl => ({
      type: 'file',
      file: issueMediaUrl(mediaName),
    });
    return this;
  }

  with(...children: Draft[]): this {
    this.children.push(...children);
    return this;
  }
}

/** A database with one data source, whose rows are pages. */
export class DatabaseDraft {
  id?: string;
  readonly rows: PageDraft[] = [];

  constructor(readonly title: string) {}

  as(key: string): this {
    this.id = notionId(key);
    return this;
  }

  with(...rows: PageDraft[]): this {
    this.rows.push(...rows);
    return this;
  }
}

export const page = (title: string) => new PageDraft(title);
export const database = (title: string) => new DatabaseDraft(title);
