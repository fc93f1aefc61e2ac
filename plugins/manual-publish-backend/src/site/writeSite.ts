import { readFile } from 'node:fs/promises';
import { SafeFiles } from '../git/SafeFiles';
import { Warning } from '../publishing/Warning';
import { categoryFile } from './categoryFile';
import { renameLabels } from './categoryLabels';
import { ReadyPage } from './convertPages';
import { Manifest, ManifestPage, writeManifest } from './Manifest';
import { SiteLayout } from './SiteLayout';
import { mediumName } from './SiteMedium';

/**
 * Brings the files of a solution to what the manifest says. Files with equal content are not touched, and nothing is removed that
 * the manifest before did not name.
 */
export async function writeSite(options: {
  files: SafeFiles;
  layout: SiteLayout;
  ready: readonly ReadyPage[];
  /** Texts that are carried over from the manifest before, by path. */
  carried: ReadonlyMap<string, string>;
  manifest: Manifest;
  previous: Manifest;
  /** Paths of files that are there and not Herald's. */
  otherFiles: ReadonlySet<string>;
  onWarning: (warning: Warning) => void;
}): Promise<void> {
  const { files, layout, ready, manifest, previous } = options;
  const before = filesOf(previous, layout);
  const after = filesOf(manifest, layout);
  for (const file of [...before].filter(each => !after.has(each))) {
    await files.remove(file);
  }
  await keepLabels(options);
  for (const [file, text] of options.carried) await files.write(file, text);

  const write = async (file: string, text: string, pageId: string) => {
    if (options.otherFiles.has(file)) {
      options.onWarning({
        code: 'file-taken-over',
        message: `${file} was there already and not written by Herald; it is replaced`,
        pageId,
      });
    }
    await files.write(file, text);
  };
  for (const page of ready) {
    await write(layout.page(page.file), page.text, page.id);
    for (const medium of page.media) {
      const target = `${layout.media}/${mediumName(medium)}`;
      const isNew = await files.copyOnce(medium.file, target);
      // Its name is of its content, which somebody may have changed all the same.
      if (!isNew) await files.write(target, await readFile(medium.file));
    }
  }
  for (const [id, page] of manifest) {
    if (page.folder === undefined) continue;
    const text = categoryFile({
      key: layout.categoryKey(id),
      title: page.title,
      position: page.position,
      hasIndex: isIndex(page),
    });
    await write(layout.category(page.folder), text, id);
  }
  await files.write(layout.manifest, writeManifest(manifest, layout.manifest));
}

/** All files that a manifest speaks of: pages, categories, translations, media. */
export function filesOf(
  manifest: Manifest,
  layout: SiteLayout,
): ReadonlySet<string> {
  const files = new Set<string>();
  for (const page of manifest.values()) {
    if (page.folder !== undefined) files.add(layout.category(page.folder));
    page.media.forEach(name => files.add(`${layout.media}/${name}`));
    const { file, translations } = page;
    if (file === undefined) continue;
    files.add(layout.page(file));
    for (const language of translations) {
      if (!layout.languages.includes(language)) continue;
      files.add(`${layout.translations(language)}/${file}`);
    }
  }
  return files;
}

/** Labels of categories that are no more go, and those that are left have the keys of today. */
async function keepLabels(options: {
  files: SafeFiles;
  layout: SiteLayout;
  manifest: Manifest;
  previous: Manifest;
}): Promise<void> {
  const { files, layout, manifest, previous } = options;
  const names = new Map<string, string | undefined>();
  for (const [id, page] of previous) {
    if (page.folder === undefined) continue;
    const isLeft = manifest.get(id)?.folder !== undefined;
    const key = layout.labelKey(id);
    names.set(layout.formerLabelKey(id), isLeft ? key : undefined);
    if (!isLeft) names.set(key, undefined);
  }
  if (names.size === 0) return;
  for (const language of layout.languages) {
    const path = layout.labels(language);
    const renamed = renameLabels(await files.read(path), path, names);
    if (renamed !== undefined) await files.write(path, renamed);
  }
}

function isIndex({ file, folder }: ManifestPage): boolean {
  return file === (folder === '' ? 'index.mdx' : `${folder}/index.mdx`);
}
