import { posix } from 'node:path';
import { labelsFile } from './labelsFile';

export type SiteSettings = {
  /** The folder of the site's pages. */
  readonly sourceDir: string;
  /** The folder of translations. */
  readonly targetDir: string;
  /** Below `targetDir`, with `{lang}` and `{solution}`. */
  readonly i18nPath: string;
  /** Below the site's folder for static files. */
  readonly mediaDir: string;
  readonly headingIds: 'mdx' | 'classic';
  readonly sourceLanguage: string;
  /** All that are known, those that a job does not ask for too. */
  readonly languages: readonly string[];
  /** As the site's sidebars file calls it; part of the keys of category labels. With `{solution}` where each has its own. */
  readonly sidebarName: string;
};

/** Where the files of one solution are in the repository; paths have `/`. */
export class SiteLayout {
  readonly source: string;
  readonly media: string;
  readonly manifest: string;
  readonly languages: readonly string[];
  readonly #settings: SiteSettings;
  readonly #solution: string;

  /** @param solution - its folder */
  constructor(settings: SiteSettings, solution: string) {
    const { sourceDir, mediaDir, languages } = settings;
    this.#settings = settings;
    this.#solution = solution;
    this.languages = languages;
    this.source = posix.join(sourceDir, solution);
    // Static files are beside the pages, wherever in the repository the site is.
    const site = posix.dirname(posix.normalize(sourceDir));
    this.media = posix.join(site, 'static', mediaDir, solution);
    this.manifest = posix.join(this.source, '.herald.json');
  }

  /** The same from every page and its translations; the build fails where the file is not there. */
  mediaHref(file: string): string {
    const { mediaDir } = this.#settings;
    return `@site/${posix.join('static', mediaDir, this.#solution, file)}`;
  }

  page(file: string): string {
    return posix.join(this.source, file);
  }

  category(folder: string): string {
    return posix.join(this.source, folder, '_category_.json');
  }

  translations(language: string): string {
    return this.#i18n(this.#settings.i18nPath, language);
  }

  labels(language: string): string {
    const { i18nPath } = this.#settings;
    const file = labelsFile(i18nPath);
    if (file === undefined) throw new Error(`${i18nPath} has no version`);
    return this.#i18n(file, language);
  }

  /**
   * Of a category, among those of all solutions: a page that was moved from one solution to another is in both until both are published,
   * and Docusaurus builds no site in which two categories have one key.
   */
  categoryKey(pageId: string): string {
    return `${this.#solution}-${pageId}`;
  }

  /** Of the label of a category, among those of the site. */
  labelKey(pageId: string): string {
    return this.#labelKey(this.categoryKey(pageId));
  }

  /** What it was before categories had keys of their solutions. */
  formerLabelKey(pageId: string): string {
    return this.#labelKey(pageId);
  }

  get sidebarName(): string {
    return this.#filled(this.#settings.sidebarName);
  }

  get folders(): readonly string[] {
    return [
      this.source,
      this.media,
      ...this.languages.map(language => this.translations(language)),
    ];
  }

  get sharedFiles(): readonly string[] {
    return this.languages.map(language => this.labels(language));
  }

  #labelKey(categoryKey: string): string {
    return `sidebar.${this.sidebarName}.category.${categoryKey}`;
  }

  #i18n(file: string, language: string): string {
    return posix.join(
      this.#settings.targetDir,
      this.#filled(file).replaceAll('{lang}', language),
    );
  }

  #filled(template: string): string {
    return template.replaceAll('{solution}', this.#solution);
  }
}
