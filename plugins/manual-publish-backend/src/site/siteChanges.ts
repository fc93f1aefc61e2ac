import { SafeFiles } from '../git/SafeFiles';
import { Warning } from '../publishing/Warning';
import { ReadyPage } from './convertPages';
import { Manifest, ManifestPage } from './Manifest';
import { PlannedPage, SitePlan } from './planSite';
import { SiteLayout } from './SiteLayout';
import { mediumName } from './SiteMedium';

export type PageChange = {
  readonly id: string;
  readonly title: string;
  readonly change: 'added' | 'changed' | 'moved' | 'removed';
};

/** What became of pages since they were last published; pages that are as they were are left out. */
export async function changesOf(options: {
  plan: SitePlan;
  ready: readonly ReadyPage[];
  previous: Manifest;
  files: SafeFiles;
  layout: SiteLayout;
}): Promise<readonly PageChange[]> {
  const { plan, previous, files, layout } = options;
  const texts = new Map(options.ready.map(page => [page.id, page.text]));
  const changes: PageChange[] = [];
  for (const page of plan.pages) {
    const { id, title } = page;
    const before = previous.get(id);
    const text = texts.get(id);
    if (!before) {
      changes.push({ id, title, change: 'added' });
    } else if (isMoved(page, before)) {
      changes.push({ id, title, change: 'moved' });
    } else if (
      before.title !== title ||
      before.position !== page.position ||
      (page.file !== undefined &&
        text !== (await files.read(layout.page(page.file))))
    ) {
      changes.push({ id, title, change: 'changed' });
    }
  }
  for (const [id, { title }] of plan.removed) {
    changes.push({ id, title, change: 'removed' });
  }
  return changes;
}

/** The manifest once the plan is on the disk. Translations stay with pages that stay where they are, and with those that are not published now. */
export function manifestOf(
  plan: SitePlan,
  ready: readonly ReadyPage[],
  previous: Manifest,
): Manifest {
  const converted = new Map(ready.map(page => [page.id, page]));
  const gone = goneIds(plan, previous);
  const manifest = new Map<string, ManifestPage>();
  for (const [id, page] of plan.kept) {
    manifest.set(id, page);
  }
  for (const page of plan.pages) {
    const before = previous.get(page.id);
    const made = converted.get(page.id);
    const isTranslated =
      before && !isMoved(page, before) && !leadsTo(before, gone);
    manifest.set(page.id, {
      title: page.title,
      parent: page.parent,
      position: page.position,
      ...(page.file !== undefined && { file: page.file }),
      ...(page.folder !== undefined && { folder: page.folder }),
      media: made ? made.media.map(mediumName) : [],
      links: made ? [...made.links] : [],
      translations: isTranslated ? before.translations : [],
    });
  }
  return manifest;
}

/** Pages that are not published now and link to what has moved or gone: their links break. */
export function staleLinkWarnings(
  plan: SitePlan,
  previous: Manifest,
): readonly Warning[] {
  const gone = goneIds(plan, previous);
  return [...plan.kept].flatMap(([pageId, page]) =>
    leadsTo(page, gone)
      ? [
          {
            code: 'link-stale',
            message: `${page.title} links to a page that has moved or is gone: publish it, too`,
            pageId,
          },
        ]
      : [],
  );
}

/** Pages of the job whose translations go with what they stood on, into languages that the job does not bring back. */
export function droppedTranslationWarnings(
  manifest: Manifest,
  previous: Manifest,
  languages: readonly string[],
): readonly Warning[] {
  return [...manifest].flatMap(([pageId, { title, translations }]) => {
    const dropped = (previous.get(pageId)?.translations ?? []).filter(
      language =>
        !translations.includes(language) && !languages.includes(language),
    );
    return dropped.length > 0
      ? [
          {
            code: 'translation-dropped',
            message: `${title}, or a page that it links to, has moved: readers get the source until it is published in ${dropped.join(
              ', ',
            )}`,
            pageId,
            pageTitle: title,
          },
        ]
      : [];
  });
}

/** Ids of pages that are not where they were. */
function goneIds(plan: SitePlan, previous: Manifest): ReadonlySet<string> {
  const moved = plan.pages.filter(page => {
    const before = previous.get(page.id);
    return before !== undefined && isMoved(page, before);
  });
  return new Set([...plan.removed.keys(), ...moved.map(({ id }) => id)]);
}

function isMoved(page: PlannedPage, before: ManifestPage): boolean {
  return page.file !== before.file || page.folder !== before.folder;
}

function leadsTo(page: ManifestPage, ids: ReadonlySet<string>): boolean {
  return page.links.some(id => ids.has(id));
}
