/** What a job tells its user although it goes on. */
export type Warning = {
  /** For programs and translations, such as `unsupported-block`, `link-outside`, `media-failed`, `segment-untranslated`. */
  readonly code: string;
  /** For people, in English; names what is concerned. */
  readonly message: string;
  readonly pageId?: string;
  readonly pageTitle?: string;
  readonly blockId?: string;
  readonly language?: string;
};
