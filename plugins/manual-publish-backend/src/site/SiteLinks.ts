import { LinkTarget } from '../export/ConversionContext';
import { headingAnchors, HeadingIds } from '../export/headingAnchors';
import { databasesAbove } from './databasesAbove';
import { Manifest } from './Manifest';
import { PlannedPage, SitePlan } from './SitePlan';
import { relativeLink } from './relink';

type Place = {
  readonly title: string;
  readonly parent: string | null;
  readonly position: number;
  readonly file?: string | undefined;
};

/** Finds the files that links go to: of what is published now and of what was before. */
export class SiteLinks {
  readonly #places: ReadonlyMap<string, Place>;
  readonly #planned: ReadonlyMap<string, PlannedPage>;
  readonly #previous: Manifest;
  readonly #kept: Manifest;
  readonly #children = new Map<string, string[]>();
  readonly #databases = new Map<string, string>();
  readonly #anchors = new Map<string, ReadonlyMap<string, readonly string[]>>();

  constructor({ pages, kept }: SitePlan, previous: Manifest) {
    this.#planned = new Map(pages.map(page => [page.id, page]));
    this.#previous = previous;
    this.#kept = kept;
    const places = new Map<string, Place>([...kept, ...this.#planned]);
    this.#places = places;
    const inOrder = [...places].sort(([, a], [, b]) => a.position - b.position);
    for (const [id, { parent }] of inOrder) {
      if (parent !== null) {
        this.#children.set(parent, [...(this.#children.get(parent) ?? []), id]);
      }
      // A database has no page of its own: links to it go to its first row.
      for (const database of this.#databasesAbove(id)) {
        if (!this.#databases.has(database)) this.#databases.set(database, id);
      }
    }
  }

  /** Those of a page that is not published now are as they were. */
  headingIdsOf(id: string): HeadingIds {
    return Object.fromEntries(this.#anchorsOf(id));
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
        : this.#anchorsOf(id).get(target.blockId)?.[0];
    return anchor === undefined ? link : `${link}#${anchor}`;
  }

  titleOf(pageId: string): string | undefined {
    return this.#places.get(pageId)?.title;
  }

  #databasesAbove(id: string): readonly string[] {
    const page = this.#planned.get(id);
    return page
      ? databasesAbove(page.snapshot)
      : this.#kept.get(id)?.databases ?? [];
  }

  #anchorsOf(id: string): ReadonlyMap<string, readonly string[]> {
    const known = this.#anchors.get(id);
    if (known) return known;
    const page = this.#planned.get(id);
    const before = this.#previous.get(id)?.headings;
    const anchors = page
      ? headingAnchors(page.snapshot, before)
      : new Map(Object.entries(before ?? {}));
    this.#anchors.set(id, anchors);
    return anchors;
  }
}
