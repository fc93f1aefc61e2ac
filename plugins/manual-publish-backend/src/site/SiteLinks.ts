import { LinkTarget } from '../export/ConversionContext';
import { headingAnchors } from '../export/headingAnchors';
import { PlannedPage, SitePlan } from './planSite';
import { relativeLink } from './relink';

type Place = {
  readonly parent: string | null;
  readonly position: number;
  readonly file?: string | undefined;
};

/** Finds the files that links go to: of what is published now and of what was before. */
export class SiteLinks {
  readonly #places: ReadonlyMap<string, Place>;
  readonly #planned: ReadonlyMap<string, PlannedPage>;
  readonly #children = new Map<string, string[]>();
  readonly #databases = new Map<string, string>();
  readonly #anchors = new Map<string, ReadonlyMap<string, string>>();

  constructor(plan: SitePlan) {
    this.#planned = new Map(plan.pages.map(page => [page.id, page]));
    const places = new Map<string, Place>([...plan.kept, ...this.#planned]);
    this.#places = places;
    const inOrder = [...places].sort(([, a], [, b]) => a.position - b.position);
    for (const [id, { parent }] of inOrder) {
      if (parent === null) continue;
      this.#children.set(parent, [...(this.#children.get(parent) ?? []), id]);
    }
    // A database has no page of its own: links to it go to its first row.
    for (const { id, snapshot } of plan.pages) {
      for (const database of databasesOf(snapshot.page.parent)) {
        if (!this.#databases.has(database)) this.#databases.set(database, id);
      }
    }
  }

  /** The page that a link goes to in fact: a category without text has none, so it is the first one below it. */
  targetOf(pageId: string): string | undefined {
    const id = this.#databases.get(pageId) ?? pageId;
    if (this.#places.get(id)?.file !== undefined) return id;
    for (const child of this.#children.get(id) ?? []) {
      const found = this.targetOf(child);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Relative, from file to file; with the heading where the block is one. Undefined outside of the site. */
  linkTo(fromFile: string, target: LinkTarget): string | undefined {
    const id = this.targetOf(target.pageId);
    const file = id === undefined ? undefined : this.#places.get(id)?.file;
    if (id === undefined || file === undefined) return undefined;
    const link = relativeLink(fromFile, file);
    const anchor =
      target.blockId === undefined
        ? undefined
        : this.#anchorsOf(id).get(target.blockId);
    return anchor === undefined ? link : `${link}#${anchor}`;
  }

  titleOf(pageId: string): string | undefined {
    return this.#planned.get(pageId)?.title;
  }

  #anchorsOf(id: string): ReadonlyMap<string, string> {
    const known = this.#anchors.get(id);
    if (known) return known;
    const page = this.#planned.get(id);
    const anchors = page
      ? headingAnchors(page.snapshot)
      : new Map<string, string>();
    this.#anchors.set(id, anchors);
    return anchors;
  }
}

function databasesOf(
  parent: PlannedPage['snapshot']['page']['parent'],
): readonly string[] {
  switch (parent.type) {
    case 'database_id':
      return [parent.database_id];
    case 'data_source_id':
      return [parent.data_source_id, parent.database_id];
    default:
      return [];
  }
}
