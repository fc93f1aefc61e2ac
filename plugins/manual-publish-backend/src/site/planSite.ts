import { posix } from 'node:path';
import { PageTree, WithheldPage, positionsIn } from '../source/PageSnapshot';
import { Manifest, ManifestPage } from './Manifest';
import { hasText, pageTitle } from './pageTitle';
import {
  baseOf,
  idsBelow,
  nameOf,
  parentFolderOf,
  relocated,
} from './relocate';
import { Ancestor, PlanInput, PlannedPage, SitePlan } from './SitePlan';
import { SlugBook } from './SlugBook';
import { idsIn, withheldIn } from './treeIds';

class Plan {
  readonly #input: PlanInput;
  readonly #previous: Manifest;
  readonly #kept: Map<string, ManifestPage>;
  readonly #published: ReadonlySet<string>;
  /** What was published below pages of the tree, which may be above it now. */
  readonly #within: ReadonlySet<string>;
  /** Pages above, with what is below them, that were among those. */
  readonly #carriedOut = new Set<string>();
  readonly #pages: PlannedPage[] = [];
  readonly #madeFolders: string[] = [];

  constructor(input: PlanInput) {
    this.#input = input;
    this.#previous = input.previous ?? new Map();
    this.#published = new Set(idsIn(input.tree));
    this.#within = new Set(
      [...this.#published, ...withheldIn(input.tree)].flatMap(id => [
        ...idsBelow(this.#previous, id),
      ]),
    );
    const replaced = idsBelow(this.#previous, input.tree.snapshot.page.id);
    const stays = ([id]: [string, ManifestPage]) =>
      input.ancestors.length > 0 &&
      !this.#published.has(id) &&
      !replaced.has(id);
    this.#kept = new Map([...this.#previous].filter(stays));
  }

  make(): SitePlan {
    const { tree, ancestors, position } = this.#input;
    ancestors.forEach((each, index) => this.#carryOut(each, index));
    const above = ancestors.at(-1);
    if (above === undefined) {
      this.#addPage(tree, { parent: null, position, slug: '', folder: '' });
    } else {
      const folder = this.#folderOfAncestor(ancestors.length - 1);
      this.#addPages(
        { children: [tree] },
        { parent: above.id, folder, first: position },
      );
    }
    const planned = new Set(this.#pages.map(page => page.id));
    const removed = [...this.#previous].filter(
      ([id]) => !planned.has(id) && !this.#kept.has(id),
    );
    return {
      pages: this.#pages,
      madeFolders: this.#madeFolders,
      kept: this.#kept,
      removed: new Map(removed),
    };
  }

  /** Where the manifest has it, or made below where the manifest has the ones above it. */
  #folderOfAncestor(index: number): string {
    const ancestor = this.#input.ancestors[index];
    if (ancestor === undefined) return '';
    const known = this.#kept.get(ancestor.id);
    if (known?.folder !== undefined) return known.folder;
    const folder = known?.file
      ? known.file.replace(/\.mdx$/, '')
      : this.#newFolder(ancestor, index);
    this.#madeFolders.push(ancestor.id);
    this.#kept.set(ancestor.id, {
      title: ancestor.title,
      position: ancestor.position,
      parent: this.#input.ancestors[index - 1]?.id ?? null,
      media: [],
      links: [],
      translations: [],
      headings: {},
      databases: [],
      ...known,
      folder,
    });
    return folder;
  }

  #newFolder({ id, title }: Ancestor, index: number): string {
    if (index === 0) return '';
    const parent = this.#folderOfAncestor(index - 1);
    const before = this.#previous.get(id);
    const book = this.#bookOf(parent);
    if (before && book.keep(nameOf(before))) {
      return posix.join(parent, nameOf(before));
    }
    this.#takeOthers(book, parent);
    return posix.join(parent, book.name(title, id));
  }

  /** Who was published below a page and is above it now goes where Notion has it, as it was published, with what is below it. */
  #carryOut(ancestor: Ancestor, index: number): void {
    const { id, position } = ancestor;
    const above = this.#input.ancestors[index - 1];
    const self = this.#previous.get(id);
    if (!self || !above || !this.#within.has(id)) return;
    const to = this.#newFolder(ancestor, index);
    // Others above go their own way, and what is published has another place.
    const others = this.#input.ancestors.filter(each => each.id !== id);
    const elsewhere = new Set([
      ...this.#published,
      ...others.map(each => each.id),
    ]);
    const along = new Map(
      [...this.#previous].filter(([each]) => !elsewhere.has(each)),
    );
    for (const each of idsBelow(along, id)) {
      const page = along.get(each);
      if (page) this.#kept.set(each, relocated(page, baseOf(self), to));
      this.#carriedOut.add(each);
    }
    const moved = this.#kept.get(id);
    if (moved) this.#kept.set(id, { ...moved, parent: above.id, position });
  }

  /** It has its place already, whatever is above it in the manifest. */
  #stands(id: string): boolean {
    return this.#published.has(id) || this.#carriedOut.has(id);
  }

  #addPages(
    { children, withheld = [] }: Pick<PageTree, 'children' | 'withheld'>,
    place: { parent: string; folder: string; first: number },
  ): void {
    const kept = withheld.filter(page => this.#isKept(page));
    const slugs = this.#slugsOf(children, kept, place);
    const positions = positionsIn({ children, withheld }, place.first);
    children.forEach((tree, index) => {
      this.#addPage(tree, {
        ...place,
        position: positions[index],
        slug: slugs.get(tree.snapshot.page.id) ?? '',
      });
    });
    for (const page of kept) {
      this.#keep(page, { ...place, slug: slugs.get(page.id) ?? '' });
    }
  }

  /** What Notion does not show is not gone: it stays on the site as it was published. */
  #isKept({ id }: WithheldPage): boolean {
    return this.#previous.has(id) && !this.#stands(id);
  }

  #keep(
    { id, position }: WithheldPage,
    place: { parent: string; folder: string; slug: string },
  ): void {
    const self = this.#previous.get(id);
    if (!self) return;
    const to = posix.join(place.folder, place.slug);
    for (const each of idsBelow(this.#previous, id)) {
      const page = this.#previous.get(each);
      if (!page || this.#stands(each)) continue;
      this.#kept.set(each, relocated(page, baseOf(self), to));
    }
    const kept = this.#kept.get(id);
    if (kept) this.#kept.set(id, { ...kept, parent: place.parent, position });
  }

  #addPage(
    tree: PageTree,
    place: {
      parent: string | null;
      folder: string;
      position: number;
      slug: string;
    },
  ): void {
    const { snapshot, children, withheld = [] } = tree;
    const { id } = snapshot.page;
    const { parent, position } = place;
    const name = posix.join(place.folder, place.slug);
    const hasBelow =
      children.length > 0 || withheld.some(page => this.#isKept(page));
    const isFolder = hasBelow || parent === null;
    const folder = parent === null ? '' : name;
    const hasFile = !hasBelow || hasText(snapshot);
    const file = isFolder ? posix.join(folder, 'index.mdx') : `${name}.mdx`;
    this.#pages.push({
      id,
      title: pageTitle(snapshot),
      snapshot,
      parent,
      position,
      file: hasFile ? file : undefined,
      folder: isFolder ? folder : undefined,
    });
    this.#addPages(tree, { parent: id, folder, first: 1 });
  }

  /** Names that stay come first, then those of other people's files, then new ones. */
  #slugsOf(
    trees: readonly PageTree[],
    kept: readonly WithheldPage[],
    { parent, folder }: { parent: string; folder: string },
  ): ReadonlyMap<string, string> {
    const book = this.#bookOf(folder);
    const slugs = new Map<string, string>();
    const ids = [
      ...trees.map(tree => tree.snapshot.page.id),
      ...kept.map(({ id }) => id),
    ];
    const isHere = (id: string) => this.#previous.get(id)?.parent === parent;
    const byClaim = [...ids.filter(isHere), ...ids.filter(id => !isHere(id))];
    const titles = new Map([
      ...trees.map(
        ({ snapshot }) => [snapshot.page.id, pageTitle(snapshot)] as const,
      ),
      ...kept.map(({ id, title }) => [id, title] as const),
    ]);
    const isRenamed = new Set(
      this.#input.updateSlugs ? trees.map(tree => tree.snapshot.page.id) : [],
    );
    for (const id of byClaim.filter(each => !isRenamed.has(each))) {
      const before = this.#previous.get(id);
      const slug = before && nameOf(before);
      if (slug !== undefined && book.keep(slug)) slugs.set(id, slug);
    }
    this.#takeOthers(book, folder);
    for (const id of ids.filter(each => !slugs.has(each))) {
      slugs.set(id, book.name(titles.get(id) ?? '', id));
    }
    return slugs;
  }

  #bookOf(folder: string): SlugBook {
    const book = new SlugBook(posix.basename(folder) || this.#input.solution);
    for (const page of this.#kept.values()) {
      const name = nameOf(page);
      if (name !== '' && parentFolderOf(page) === folder) book.take(name);
    }
    return book;
  }

  #takeOthers(book: SlugBook, folder: string): void {
    const prefix = folder === '' ? '' : `${folder}/`;
    const ownFolders = new Set(
      [...this.#previous.values()].map(page => page.folder),
    );
    for (const file of this.#input.otherFiles) {
      if (!file.startsWith(prefix)) continue;
      const [name = '', ...below] = file.slice(prefix.length).split('/');
      if (below.length > 0 && ownFolders.has(`${prefix}${name}`)) continue;
      book.take(name);
      book.take(posix.parse(name).name);
    }
  }
}

/** Says where pages go. A page that was published before keeps its name, whatever its title, unless it is to be renamed. */
export function planSite(input: PlanInput): SitePlan {
  return new Plan(input).make();
}
