import { WorktreeScope } from '../git/SiteRepository';
import { SafeFiles } from '../git/SafeFiles';
import { MediaFetcher } from '../media/MediaFetcher';
import { readMdx } from '../mdx/readMdx';
import { FaultyPage } from '../publishing/FaultyPage';
import {
  Site,
  SiteExport,
  SiteExportOrder,
  TranslationsOrder,
} from '../publishing/Site';
import { Solution } from '../publishing/Solution';
import { ManualSource } from '../source/ManualSource';
import { PageTree } from '../source/PageSnapshot';
import { carriedTexts } from './carriedTexts';
import { mergeLabels } from './categoryLabels';
import { convertPages } from './convertPages';
import { Manifest, parseManifest } from './Manifest';
import { withMovedAway } from './movedAway';
import { planSite } from './planSite';
import { changesOf, manifestOf, withheldWarnings } from './siteChanges';
import { SiteLayout, SiteSettings } from './SiteLayout';
import { fetchMedia } from './fetchMedia';
import { withHeldMedia } from './heldMedia';
import { mediumName } from './SiteMedium';
import { filesOf, writeSite } from './writeSite';
import { PagePlace, wayInManifest, wayInOutline } from './wayTo';
import { idsIn } from './treeIds';
import { withUnread } from './withUnread';
import { areTranslationsWritten, writeTranslations } from './writeTranslations';

/** A Docusaurus site: pages as MDX, folders as categories, a manifest in each solution's folder. */
export class DocsSite implements Site {
  readonly #settings: SiteSettings;
  readonly #source: Pick<
    ManualSource,
    'ancestorsOf' | 'readOutline' | 'refreshBlock'
  >;
  readonly #media: Pick<MediaFetcher, 'fetch'>;

  constructor(options: {
    settings: SiteSettings;
    source: Pick<ManualSource, 'ancestorsOf' | 'readOutline' | 'refreshBlock'>;
    media: Pick<MediaFetcher, 'fetch'>;
  }) {
    this.#settings = options.settings;
    this.#source = options.source;
    this.#media = options.media;
  }

  scopeOf(solution: Solution): WorktreeScope {
    const { folders, sharedFiles } = this.#layoutOf(solution);
    return { folders, sharedFiles, mergeShared: mergeLabels };
  }

  async export(order: SiteExportOrder): Promise<SiteExport> {
    const { solution, tree, signal } = order;
    const layout = this.#layoutOf(solution);
    const files = this.#filesIn(order.directory, solution);
    const previous = await this.#manifest(files, layout);
    const otherFiles = await othersIn(files, layout, previous);
    const place = await this.#placeOf(order, previous);
    const plan = planSite({
      tree: await this.#treeToKeep(order, previous),
      solution: solution.type,
      previous,
      updateSlugs: order.updateSlugs,
      otherFiles: otherFiles.map(file => file.slice(layout.source.length + 1)),
      ...place,
    });
    const media = await fetchMedia(order, this.#media, this.#source, medium =>
      files.readBytes(`${layout.media}/${mediumName(medium)}`),
    );
    const ready = await convertPages({
      plan,
      previous,
      layout,
      files,
      settings: this.#settings,
      mediumFor: reference => media.find(reference),
      signal,
      onWarning: warning => order.onWarning(media.explained(warning)),
      onPage: order.onPage,
    });
    withheldWarnings(tree, plan).forEach(order.onWarning);
    const changes = await changesOf({ plan, ready, previous, files, layout });
    const { texts: carried, manifest: carriedManifest } = await carriedTexts({
      plan,
      previous,
      manifest: manifestOf(plan, ready, previous),
      ready,
      files,
      layout,
      settings: this.#settings,
      signal,
      onWarning: order.onWarning,
    });
    const manifest = await withHeldMedia({
      manifest: carriedManifest,
      previous,
      files,
      layout,
    });
    if (!order.isDryRun) {
      await writeSite({
        files,
        layout,
        ready,
        carried,
        manifest,
        previous,
        otherFiles: new Set(otherFiles),
        onWarning: order.onWarning,
      });
    }
    const pageIds = new Set(plan.pages.map(({ id }) => id));
    return {
      changes: [...changes],
      pages: plan.pages.map(({ id, file, folder = '' }) => ({
        pageId: id,
        path: file === undefined ? layout.page(folder) : layout.page(file),
      })),
      removedPageIds: [...plan.removed.keys()],
      paths: [...layout.folders, ...layout.sharedFiles],
      documents: ready.map(({ id, title, root }) => ({
        pageId: id,
        title,
        root,
      })),
      labels: labelsOf(manifest, pageIds),
    };
  }

  async documentsOf(options: {
    solution: Solution;
    pageIds: ReadonlySet<string>;
    directory: string;
  }): Promise<Pick<SiteExport, 'documents' | 'labels'>> {
    const { solution, pageIds } = options;
    const layout = this.#layoutOf(solution);
    const files = this.#filesIn(options.directory, solution);
    const manifest = await this.#manifest(files, layout);
    const documents: SiteExport['documents'][number][] = [];
    for (const [pageId, { file, title }] of manifest) {
      if (file === undefined || !pageIds.has(pageId)) continue;
      const text = await files.read(layout.page(file));
      if (text === undefined) continue;
      documents.push({ pageId, title, root: readMdx(text, this.#settings) });
    }
    return { documents, labels: labelsOf(manifest, pageIds) };
  }

  async writeTranslations(
    order: TranslationsOrder,
  ): Promise<readonly string[]> {
    const { folders, sharedFiles } = this.#layoutOf(order.solution);
    await writeTranslations(await this.#translationsOf(order));
    return [...folders, ...sharedFiles];
  }

  async hasTranslations(order: TranslationsOrder): Promise<boolean> {
    return areTranslationsWritten(await this.#translationsOf(order));
  }

  async #translationsOf({
    solution,
    directory,
    translations,
  }: TranslationsOrder) {
    const layout = this.#layoutOf(solution);
    const files = this.#filesIn(directory, solution);
    const manifest = await this.#manifest(files, layout);
    return { files, layout, settings: this.#settings, manifest, translations };
  }

  #layoutOf(solution: Solution): SiteLayout {
    return new SiteLayout(this.#settings, solution.type);
  }

  #filesIn(directory: string, solution: Solution): SafeFiles {
    const { folders, sharedFiles } = this.#layoutOf(solution);
    return new SafeFiles(directory, { folders, files: sharedFiles });
  }

  async #manifest(files: SafeFiles, layout: SiteLayout): Promise<Manifest> {
    const text = await files.read(layout.manifest);
    return text === undefined
      ? new Map()
      : parseManifest(text, layout.manifest);
  }

  /** Whatever is about to leave the site is asked for first: no list has a page that moves on while they are read. */
  async #treeToKeep(
    order: SiteExportOrder,
    previous: Manifest,
  ): Promise<PageTree> {
    const { solution, signal, onCall, onWarning } = order;
    const above = new Set(order.ancestors.map(({ id }) => id));
    return withMovedAway({
      tree: withUnread(order.tree, previous, above, onWarning),
      previous,
      above,
      rootPageId: solution.rootPageId,
      ancestorsOf: id => this.#source.ancestorsOf(id, { signal, onCall }),
      onWarning,
    });
  }

  /** The outline is asked for only where the manifest does not know the way to the page. */
  async #placeOf(
    order: SiteExportOrder,
    previous: Manifest,
  ): Promise<PagePlace> {
    const { solution, tree, signal, onCall } = order;
    const { id } = tree.snapshot.page;
    const { rootPageId, position } = solution;
    const listed = new Set(idsIn(tree));
    if (order.ancestors.some(above => listed.has(above.id))) {
      throw new FaultyPage(
        id,
        solution.name,
        'Pages above it were listed below it, as they were moved in Notion meanwhile: publish it again',
      );
    }
    if (id === rootPageId) return { ancestors: [], position };
    const known = wayInManifest(previous, order.ancestors, id, rootPageId);
    if (known) return known;
    const place = wayInOutline(
      await this.#source.readOutline(rootPageId, { signal, onCall }),
      order.ancestors,
      id,
      solution,
    );
    if (!place) {
      throw new FaultyPage(
        id,
        solution.name,
        `The page is not below the root page of ${solution.name}`,
      );
    }
    return place;
  }
}

/** Of the categories among some pages and above them. */
function labelsOf(
  manifest: Manifest,
  pageIds: ReadonlySet<string>,
): SiteExport['labels'] {
  const wanted = new Set<string>();
  for (const id of pageIds) {
    let each: string | null | undefined = id;
    while (each && !wanted.has(each)) {
      wanted.add(each);
      each = manifest.get(each)?.parent;
    }
  }
  return [...manifest].flatMap(([id, { title, folder }]) =>
    folder !== undefined && wanted.has(id) ? [{ key: id, text: title }] : [],
  );
}

/** Files in the solution's folders that no manifest names: people's own. */
async function othersIn(
  files: SafeFiles,
  layout: SiteLayout,
  previous: Manifest,
): Promise<readonly string[]> {
  const own = filesOf(previous, layout);
  const all = await files.list(layout.source);
  return all.filter(file => !own.has(file) && file !== layout.manifest);
}
