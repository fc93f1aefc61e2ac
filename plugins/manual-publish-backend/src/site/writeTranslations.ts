import { Root } from 'mdast';
import { SafeFiles } from '../git/SafeFiles';
import { Label } from '../translation/collectSegments';
import { changeLabels, LabelEntry } from './categoryLabels';
import { withoutIdleMedia } from './heldMedia';
import { Manifest, writeManifest } from './Manifest';
import { provenText } from './provenText';
import { SiteLayout, SiteSettings } from './SiteLayout';
import { TranslatedHeadings } from './TranslatedHeadings';
import { filesOf } from './writeSite';

/** A language of a job; the keys of its labels are ids of pages. */
export type SiteTranslation = {
  readonly language: string;
  readonly documents: readonly {
    readonly pageId: string;
    readonly root: Root;
  }[];
  readonly labels: readonly Label[];
};

export type TranslationsOrder = {
  readonly files: SafeFiles;
  readonly layout: SiteLayout;
  readonly settings: Pick<SiteSettings, 'headingIds'>;
  readonly manifest: Manifest;
  readonly translations: readonly SiteTranslation[];
};

/**
 * Writes the pages and category labels of some languages; all are proven before the first is written.
 *
 * @throws FaultyPage
 */
export async function writeTranslations(
  order: TranslationsOrder,
): Promise<void> {
  const { files } = order;
  const { texts, idle } = await translatedFiles(order);
  for (const [path, text] of texts) await files.write(path, text);
  for (const file of idle) await files.remove(file);
}

/**
 * Whether writing them would change nothing.
 *
 * @throws FaultyPage
 */
export async function areTranslationsWritten(
  order: TranslationsOrder,
): Promise<boolean> {
  const { texts } = await translatedFiles(order);
  for (const [path, text] of texts) {
    if ((await order.files.read(path)) !== text) return false;
  }
  return true;
}

/** Files as they are to be, by their paths, and those that go: the manifest is among the former, and names none of the latter. */
async function translatedFiles({
  files,
  layout,
  settings: { headingIds },
  manifest,
  translations,
}: TranslationsOrder): Promise<{
  texts: ReadonlyMap<string, string>;
  idle: readonly string[];
}> {
  const texts = new Map<string, string>();
  const written = new Map([...manifest].map(([id, page]) => [id, { ...page }]));
  for (const { language, documents } of translations) {
    const headings = new TranslatedHeadings({
      files,
      layout,
      manifest,
      language,
      writtenNow: new Set(documents.map(({ pageId }) => pageId)),
    });
    for (const { pageId, root: translated } of documents) {
      const page = written.get(pageId);
      if (page?.file === undefined) continue;
      const path = `${layout.translations(language)}/${page.file}`;
      const root = await headings.withLinksThatHold(translated, page.file);
      texts.set(
        path,
        await provenText(root, { headingIds, pageId, path, files }),
      );
      page.translations = [...page.translations, language];
    }
  }
  for (const { language, labels } of translations) {
    const path = layout.labels(language);
    const entries = entriesOf(labels, manifest, layout);
    const changed = changeLabels(await files.read(path), path, entries);
    if (changed !== undefined) texts.set(path, changed);
  }
  const left = await withoutIdleMedia({
    manifest: written,
    pageIds: new Set(
      translations.flatMap(({ documents }) =>
        documents.map(({ pageId }) => pageId),
      ),
    ),
    files: { read: async file => texts.get(file) ?? files.read(file) },
    layout,
  });
  const needed = filesOf(left, layout);
  texts.set(layout.manifest, writeManifest(left, layout.manifest));
  const idle = [...filesOf(written, layout)].filter(each => !needed.has(each));
  return { texts, idle };
}

/** As `docusaurus write-translations` makes them. */
function entriesOf(
  labels: readonly Label[],
  manifest: Manifest,
  layout: SiteLayout,
): ReadonlyMap<string, LabelEntry> {
  return new Map(
    labels.map(({ key, text }) => [
      layout.labelKey(key),
      {
        message: text,
        description: `The label for category '${
          manifest.get(key)?.title ?? text
        }' in sidebar '${layout.sidebarName}'`,
      },
    ]),
  );
}
