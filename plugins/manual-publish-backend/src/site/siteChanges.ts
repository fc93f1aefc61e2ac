import { SafeFiles } from '../git/SafeFiles';
import { Warning } from '../publishing/Warning';
import { PageTree } from '../source/PageSnapshot';
import { ReadyPage } from './convertPages';
import { databasesAbove } from './databasesAbove';
import { Manifest, ManifestPage } from './Manifest';
import { PlannedPage, SitePlan } from './SitePlan';
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
  for (const [id, page] of plan.kept) {
    const before = previous.get(id);
    if (before && isMoved(page, before)) {
      changes.push({ id, title: page.title, change: 'moved' });
    }
  }
  for (const [id, { title }] of plan.removed) {
    changes.push({ id, title, change: 'removed' });
  }
  return changes;
}

/** The manifest once the plan is on the disk. Translations stay with their pages, wherever those go. */
export function manifestOf(
  plan: SitePlan,
  ready: readonly ReadyPage[],
  previous: Manifest,
): Manifest {
  const converted = new Map(ready.map(page => [page.id, page]));
  const manifest = new Map<string, ManifestPage>();
  for (const [id, page] of plan.kept) {
    manifest.set(id, page);
  }
  for (const page of plan.pages) {
    const before = previous.get(page.id);
    const made = converted.get(page.id);
    const isText = page.file !== undefined && before?.file !== undefined;
    manifest.set(page.id, {
      title: page.title,
      parent: page.parent,
      position: page.position,
      ...(page.file !== undefined && { file: page.file }),
      ...(page.folder !== undefined && { folder: page.folder }),
      media: made ? made.media.map(mediumName) : [],
      links: made ? [...made.links] : [],
      translations: isText ? before.translations : [],
      headings: made?.headings ?? {},
      databases: [...databasesAbove(page.snapshot)],
    });
  }
  return manifest;
}

/** Pages that Notion lists and does not show. */
export function withheldWarnings(
  tree: PageTree,
  plan: SitePlan,
): readonly Warning[] {
  const published = new Set(plan.pages.map(({ id }) => id));
  const warningsOf = ({ children, withheld = [] }: PageTree): Warning[] => [
    ...withheld
      .filter(({ id }) => !published.has(id))
      .map(({ id, title }) => ({
        code: 'page-withheld',
        message: `${title} is listed in Notion, but not shared with the integration: ${
          plan.kept.has(id)
            ? 'it stays on the site as it was, with all below it'
            : 'it is left out'
        }`,
        pageId: id,
        pageTitle: title,
      })),
    ...children.flatMap(warningsOf),
  ];
  return warningsOf(tree);
}

/** Ids of pages that are not where they were, or nowhere. */
export function movedIds(
  plan: SitePlan,
  previous: Manifest,
): ReadonlySet<string> {
  const now = [
    ...plan.kept,
    ...plan.pages.map(page => [page.id, page] as const),
  ];
  const moved = now.filter(([id, page]) => {
    const before = previous.get(id);
    return before !== undefined && isMoved(page, before);
  });
  return new Set([...plan.removed.keys(), ...moved.map(([id]) => id)]);
}

function isMoved(
  page: Pick<PlannedPage | ManifestPage, 'file' | 'folder'>,
  before: ManifestPage,
): boolean {
  return page.file !== before.file || page.folder !== before.folder;
}
