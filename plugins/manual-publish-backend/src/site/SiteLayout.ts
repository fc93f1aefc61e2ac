import { posix } from 'node:path';

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
  /** As the site's sidebars file calls it; part of the keys of category labels. */
  readonly sidebarName?: string;
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
    const { targetDir, i18nPath } = this.#settings;
    const below = i18nPath
      .replaceAll('{lang}', language)
      .replaceAll('{solution}', this.#solution);
    return posix.join(targetDir, below);
  }

  labels(language: string): string {
    return posix.join(
      this.#settings.targetDir,
      language,
      'docusaurus-plugin-content-docs',
      'current.json',
    );
  }

  labelKey(categoryKey: string): string {
    return `sidebar.${this.sidebarName}.category.${categoryKey}`;
  }

  get sidebarName(): string {
    return this.#settings.sidebarName ?? 'docs';
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
}
