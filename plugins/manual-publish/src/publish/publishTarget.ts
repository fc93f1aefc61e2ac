/** What somebody is about to publish. */
export type PublishTarget = {
  solution: string;
  pageId: string;
  title: string;
  /** With all below it, as far as known. */
  pages: number | undefined;
  /** Whether it is the solution as a whole. */
  isAll: boolean;
};

/** The languages there are to choose from, as the sidebar tells them. */
export type LanguageChoice = {
  source_language: string;
  target_languages: readonly string[];
  available_languages: readonly string[];
};
