import type { Root } from 'mdast';
import { JobEstimate } from '@herald/backstage-plugin-manual-publish-common';
import { WorktreeScope } from '../git/SiteRepository';
import { PageAbove } from '../source/ManualSource';
import { PageTree } from '../source/PageSnapshot';
import { Label, SourceDocument } from '../translation/collectSegments';
import { Solution } from './Solution';
import { Warning } from './Warning';

/** What an export did to the files of a site, or would do. */
export type SiteExport = {
  readonly changes: JobEstimate['pages'];
  /** Every page of the export, with its file. */
  readonly pages: readonly { readonly pageId: string; readonly path: string }[];
  readonly removedPageIds: readonly string[];
  /** Files and folders to commit, relative to the repository. */
  readonly paths: readonly string[];
  readonly documents: readonly SourceDocument[];
  readonly labels: readonly Label[];
};

export type SiteExportOrder = {
  readonly solution: Solution;
  readonly tree: PageTree;
  /** The pages above the tree's, the nearest first. */
  readonly ancestors: readonly PageAbove[];
  /** The checkout. */
  readonly directory: string;
  /** Say what would change and write nothing. */
  readonly isDryRun: boolean;
  /** Pages get the addresses that their titles say today. */
  readonly updateSlugs: boolean;
  readonly signal: AbortSignal;
  readonly onWarning: (warning: Warning) => void;
  readonly onPage: (done: number, total: number, title: string) => void;
  readonly onCall: () => void;
};

export type TranslatedSite = {
  readonly language: string;
  readonly documents: readonly {
    readonly pageId: string;
    readonly root: Root;
  }[];
  readonly labels: readonly Label[];
};

export type TranslationsOrder = {
  readonly solution: Solution;
  readonly directory: string;
  readonly translations: readonly TranslatedSite[];
};

/** The files of the documentation site: where pages go, and what is in them. */
export interface Site {
  /** What a job of this solution may change. */
  scopeOf(solution: Solution): WorktreeScope;

  /**
   * Writes pages. All files are proven before the first is written.
   *
   * @throws FaultyPage, UnsafePathError
   */
  export(order: SiteExportOrder): Promise<SiteExport>;

  /** What was exported and is to be translated, from the files of a checkout. */
  documentsOf(options: {
    readonly solution: Solution;
    readonly pageIds: ReadonlySet<string>;
    readonly directory: string;
  }): Promise<Pick<SiteExport, 'documents' | 'labels'>>;

  /**
   * Writes translations.
   *
   * @returns files and folders to commit
   * @throws FaultyPage, UnsafePathError
   */
  writeTranslations(order: TranslationsOrder): Promise<readonly string[]>;

  /**
   * Whether writing these would change nothing.
   *
   * @throws FaultyPage
   */
  hasTranslations(order: TranslationsOrder): Promise<boolean>;
}
