import { posix } from 'node:path';
import { SafeFiles } from '../git/SafeFiles';
import { readMdx } from '../mdx/readMdx';
import { FaultyPage } from '../publishing/FaultyPage';
import { Warning } from '../publishing/Warning';
import { ReadyPage } from './convertPages';
import { GoneHeadings, goneHeadings, mayLeadTo } from './goneHeadings';
import { Manifest, ManifestPage } from './Manifest';
import { SitePlan } from './SitePlan';
import { provenText } from './provenText';
import { relink } from './relink';
import { movedIds } from './siteChanges';
import { SiteLayout, SiteSettings } from './SiteLayout';
import { SiteLinks } from './SiteLinks';

type CarryOptions = {
  readonly plan: SitePlan;
  readonly previous: Manifest;
  readonly manifest: Manifest;
  readonly ready: readonly ReadyPage[];
  readonly files: Pick<SafeFiles, 'read'>;
  readonly layout: SiteLayout;
  readonly settings: Pick<SiteSettings, 'headingIds'>;
  readonly signal: AbortSignal;
  readonly onWarning: (warning: Warning) => void;
};

export type Carried = {
  /** What is to be written, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Without the translations that could not be carried. */
  readonly manifest: Manifest;
};

type File = {
  readonly id: string;
  /** Undefined for the source. */
  readonly language?: string;
  readonly folder: string;
  readonly before: ManifestPage & { readonly file: string };
  readonly page: ManifestPage & { readonly file: string };
};

/**
 * What Herald wrote before and this job does not write anew: pages that are not published now, and translations into languages that the
 * job may not have. They go where their pages go, and their links follow the pages that they lead to, and go to the page where a heading is gone.
 */
class Carrier {
  readonly #options: CarryOptions;
  readonly #links: SiteLinks;
  readonly #idByFile: ReadonlyMap<string, string>;
  readonly #namesOfMoved: readonly string[];
  readonly #gone: GoneHeadings;
  readonly #texts = new Map<string, string>();
  readonly #manifest: Map<string, ManifestPage>;

  constructor(options: CarryOptions, gone: GoneHeadings) {
    const { plan, previous, manifest } = options;
    this.#options = options;
    this.#gone = gone;
    this.#links = new SiteLinks(plan, previous);
    this.#idByFile = new Map(
      [...previous].flatMap(([id, { file }]) => (file ? [[file, id]] : [])),
    );
    this.#namesOfMoved = [...movedIds(plan, previous)].flatMap(id => {
      const name = posix.basename(previous.get(id)?.file ?? '');
      return name === '' ? [] : [name, encodeURI(name)];
    });
    this.#manifest = new Map(manifest);
  }

  async carry(): Promise<Carried> {
    for (const file of this.#files()) {
      this.#options.signal.throwIfAborted();
      if (file.before.file !== file.page.file || this.#mayChange(file)) {
        await this.#carryOne(file);
      }
    }
    return { texts: this.#texts, manifest: this.#manifest };
  }

  #files(): File[] {
    const { plan, previous, manifest, layout } = this.#options;
    return [...manifest].flatMap(([id, page]): File[] => {
      const before = previous.get(id);
      if (before?.file === undefined || page.file === undefined) return [];
      const common = {
        id,
        before: { ...before, file: before.file },
        page: { ...page, file: page.file },
      };
      const languages = page.translations.filter(language =>
        layout.languages.includes(language),
      );
      return [
        ...(plan.kept.has(id) ? [{ ...common, folder: layout.source }] : []),
        ...languages.map(language => ({
          ...common,
          language,
          folder: layout.translations(language),
        })),
      ];
    });
  }

  #mayChange({ before, page }: File): boolean {
    return (
      this.#namesOfMoved.length > 0 ||
      this.#gone.size > 0 ||
      before.position !== page.position
    );
  }

  async #carryOne(file: File): Promise<void> {
    const { files } = this.#options;
    const { folder, before, page } = file;
    const path = posix.join(folder, page.file);
    const written = await files.read(posix.join(folder, before.file));
    if (written === undefined) {
      this.#drop(file);
      return;
    }
    const text = withPosition(written, page.position);
    const hasMoved = before.file !== page.file;
    const mayBeWrong =
      this.#namesOfMoved.some(name => text.includes(name)) ||
      mayLeadTo(this.#gone, text);
    if (!hasMoved && !mayBeWrong) {
      if (text !== written) this.#texts.set(path, text);
      return;
    }
    const relinked = await this.#relinked(file, text, path);
    if (relinked !== undefined) {
      this.#texts.set(path, relinked);
    } else if (file.language === undefined) {
      this.#texts.set(path, text);
    } else {
      this.#drop(file);
    }
  }

  /** Undefined where somebody has changed the file so that it is no MDX any more. */
  async #relinked(
    file: File,
    text: string,
    path: string,
  ): Promise<string | undefined> {
    const { settings, onWarning, files } = this.#options;
    const { id, before, page, language } = file;
    try {
      const root = readMdx(text, settings);
      relink(root, {
        from: before.file,
        to: page.file,
        linkTo: target => this.#linkTo(file, target),
        isGone: (target, heading) =>
          this.#gone.get(target)?.has(heading) ?? false,
      });
      const { headingIds } = settings;
      return await provenText(root, { headingIds, pageId: id, path, files });
    } catch (error) {
      if (!isFaultOfText(error)) throw error;
      onWarning(
        language === undefined
          ? {
              code: 'link-stale',
              message: `${path} could not be read, so its links are as they were: publish ${page.title}, too`,
              pageId: id,
              pageTitle: page.title,
            }
          : {
              code: 'translation-dropped',
              message: `${path} could not be read: readers get the source until ${page.title} is published in ${language}`,
              pageId: id,
              pageTitle: page.title,
              language,
            },
      );
      return undefined;
    }
  }

  #linkTo({ id, page, language }: File, target: string): string | undefined {
    const targetId = this.#idByFile.get(target);
    if (targetId === undefined) return undefined;
    const link = this.#links.linkTo(page.file, { pageId: targetId });
    if (link !== undefined) return link;
    if (language === undefined) {
      this.#options.onWarning({
        code: 'link-stale',
        message: `${page.title} links to a page that has left the site, so the link leads to Notion: publish it, too`,
        pageId: id,
        pageTitle: page.title,
      });
    }
    return `https://www.notion.so/${targetId.replaceAll('-', '')}`;
  }

  #drop({ id, language }: File): void {
    const page = this.#manifest.get(id);
    if (!page || language === undefined) return;
    const translations = page.translations.filter(each => each !== language);
    this.#manifest.set(id, { ...page, translations });
  }
}

export async function carriedTexts(options: CarryOptions): Promise<Carried> {
  return new Carrier(options, await goneHeadings(options)).carry();
}

function withPosition(text: string, position: number): string {
  return text.replace(
    /^(---\n(?:(?!---\n).*\n)*?sidebar_position: )\d+(?=\n)/,
    `$1${position}`,
  );
}

/** What the parser throws has a place; so has what the proof throws. */
function isFaultOfText(error: unknown): boolean {
  return (
    error instanceof FaultyPage ||
    (error instanceof Error && 'ruleId' in error && 'place' in error)
  );
}
