import { posix } from 'node:path';
import { SafeFiles } from '../git/SafeFiles';
import { Manifest, ManifestPage } from './Manifest';
import { SiteLayout } from './SiteLayout';

/**
 * The manifest with the media that pages show no more and their translations still do: those of languages that the job does not publish
 * would not build without them. Files are asked for where they were before the export.
 */
export async function withHeldMedia(options: {
  manifest: Manifest;
  previous: Manifest;
  files: Pick<SafeFiles, 'read'>;
  layout: SiteLayout;
}): Promise<Manifest> {
  const { previous, files, layout } = options;
  const held = new Map<string, ManifestPage>();
  for (const [id, page] of options.manifest) {
    const before = previous.get(id);
    const gone = before?.media.filter(name => !page.media.includes(name)) ?? [];
    const texts =
      gone.length === 0 || before?.file === undefined
        ? []
        : await translationsOf(before.file, page, files, layout);
    const media = [...page.media, ...namedIn(texts, gone)];
    held.set(id, { ...page, media });
  }
  return held;
}

/** The manifest without the media that neither a page nor a translation of it shows, once its translations are written. */
export async function withoutIdleMedia(options: {
  manifest: Manifest;
  /** Pages whose translations were written. */
  pageIds: ReadonlySet<string>;
  files: Pick<SafeFiles, 'read'>;
  layout: SiteLayout;
}): Promise<Manifest> {
  const { files, layout } = options;
  const left = new Map(options.manifest);
  for (const id of options.pageIds) {
    const page = left.get(id);
    if (page?.file === undefined || page.media.length === 0) continue;
    const source = await files.read(layout.page(page.file));
    const texts = await translationsOf(page.file, page, files, layout);
    const media = namedIn([source ?? '', ...texts], page.media);
    left.set(id, { ...page, media });
  }
  return left;
}

async function translationsOf(
  file: string,
  { translations }: ManifestPage,
  files: Pick<SafeFiles, 'read'>,
  layout: SiteLayout,
): Promise<readonly string[]> {
  const known = translations.filter(each => layout.languages.includes(each));
  const texts = await Promise.all(
    known.map(language =>
      files.read(posix.join(layout.translations(language), file)),
    ),
  );
  return texts.filter(text => text !== undefined);
}

/** Names are of the content, so none is by chance in a text. */
function namedIn(texts: readonly string[], names: readonly string[]): string[] {
  return names.filter(name => texts.some(text => text.includes(name)));
}
