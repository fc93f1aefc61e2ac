import { Root } from 'mdast';
import { posix } from 'node:path';
import { SafeFiles } from '../git/SafeFiles';
import { Manifest } from './Manifest';
import { filesLinkedIn, relink } from './relink';
import { SiteLayout } from './SiteLayout';
import { writtenHeadings } from './writtenHeadings';

type Options = {
  readonly files: Pick<SafeFiles, 'read'>;
  readonly layout: SiteLayout;
  readonly manifest: Manifest;
  readonly language: string;
  /** Ids of pages. */
  readonly writtenNow: ReadonlySet<string>;
};

/**
 * The headings of translations that a job does not write: they are from before, and may lack what the source has since. A link to such
 * a heading goes to its page.
 */
export class TranslatedHeadings {
  readonly #options: Options;
  readonly #older: ReadonlySet<string>;

  constructor(options: Options) {
    this.#options = options;
    const { manifest, language, writtenNow } = options;
    this.#older = new Set(
      [...manifest].flatMap(([id, { file, translations }]) =>
        file !== undefined &&
        translations.includes(language) &&
        !writtenNow.has(id)
          ? [file]
          : [],
      ),
    );
  }

  /** @param file - the page's, relative to the solution's folder */
  async withLinksThatHold(root: Root, file: string): Promise<Root> {
    const { files, layout, language } = this.#options;
    const known = new Map<string, ReadonlySet<string>>();
    for (const linked of filesLinkedIn(root, file)) {
      if (!this.#older.has(linked)) continue;
      const folder = layout.translations(language);
      const text = await files.read(posix.join(folder, linked));
      if (text !== undefined) known.set(linked, writtenHeadings(text));
    }
    if (known.size === 0) return root;
    const copy = structuredClone(root);
    relink(copy, {
      from: file,
      to: file,
      linkTo: () => undefined,
      isGone: (target, heading) => known.get(target)?.has(heading) === false,
    });
    return copy;
  }
}
