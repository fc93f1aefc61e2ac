import { PageObjectResponse } from '@notionhq/client';
import { Clock } from '../http/Clock';
import { BlockDraft, DatabaseDraft, Draft, PageDraft } from './drafts';
import { notionId } from './ids';

interface Thing {
  readonly id: string;
  /** Undefined for what lies directly in the workspace. */
  parentId: string | undefined;
  childIds: string[];
  readonly createdAt: number;
  editedAt: number;
  inTrash: boolean;
}

export interface PageThing extends Thing {
  readonly kind: 'page';
  title: string;
  icon: PageObjectResponse['icon'];
  cover: PageDraft['cover'];
  isShared: boolean;
}

export interface DatabaseThing extends Thing {
  readonly kind: 'database';
  readonly title: string;
  readonly dataSourceId: string;
}

export interface BlockThing extends Thing {
  readonly kind: 'block';
  content: BlockDraft['content'];
}

export type NotionThing = PageThing | DatabaseThing | BlockThing;

export interface PageEdit {
  title?: string;
  icon?: string;
  /** Put at the end of the page, or after a block of it. */
  append?: Draft[];
  after?: string;
  /** New content of a block; its children stay. */
  replace?: { blockId: string; with: BlockDraft };
}

/** What is in the pretended Notion, and the changes that a writer makes there. */
export class NotionWorkspace {
  readonly #things = new Map<string, NotionThing>();
  #lastUnnamed = 0;

  /** `writtenAt`: when what is there to begin with was written; left out, now. */
  constructor(
    private readonly clock: Clock,
    drafts: readonly PageDraft[] = [],
    writtenAt: Date = new Date(clock.now()),
  ) {
    drafts.forEach(draft => this.#store(draft, undefined, writtenAt));
  }

  /** Adds a page at the top of the workspace, with all that is in it. */
  add(draft: PageDraft): string {
    return this.#store(draft, undefined, new Date(this.clock.now()));
  }

  edit(pageId: string, change: PageEdit = {}): void {
    const page = this.#pageWith(pageId);
    if (change.title !== undefined) page.title = change.title;
    if (change.icon) page.icon = { type: 'emoji', emoji: change.icon };
    if (change.replace) {
      const block = this.#thing(change.replace.blockId);
      if (block.kind !== 'block') {
        throw new Error(`${block.id} is a ${block.kind}, not a block`);
      }
      block.content = change.replace.with.content;
      this.#touch(block);
    }
    const now = new Date(this.clock.now());
    const added = (change.append ?? []).map(each =>
      this.#store(each, pageId, now),
    );
    const place =
      change.after === undefined
        ? page.childIds.length
        : page.childIds.indexOf(change.after) + 1;
    page.childIds.splice(place, 0, ...added);
    this.#touch(page);
  }

  /** Puts a page or block in the trash: it is listed no more, and says so when it is asked for. */
  remove(id: string): void {
    this.#setTrash(id, true);
  }

  /** Takes it out of the trash, to where it was. */
  restore(id: string): void {
    this.#setTrash(id, false);
  }

  #setTrash(id: string, inTrash: boolean): void {
    const thing = this.#thing(id);
    thing.inTrash = inTrash;
    this.#touch(thing);
    const page = this.pageOf(thing.parentId);
    if (page) this.#touch(page);
  }

  move(pageId: string, newParentId: string, place?: number): void {
    const page = this.#pageWith(pageId);
    const from = page.parentId && this.#thing(page.parentId);
    const to = this.#thing(newParentId);
    if (this.isWithin(newParentId, pageId)) {
      throw new Error(`Page ${pageId} cannot be moved into itself`);
    }
    if (from) {
      from.childIds = from.childIds.filter(each => each !== pageId);
      this.#touch(from);
    }
    to.childIds.splice(place ?? to.childIds.length, 0, pageId);
    page.parentId = newParentId;
    this.#touch(page);
    this.#touch(to);
  }

  /** Takes a page, and what is below it, away from the integration; `share` gives it back. */
  unshare(pageId: string): void {
    this.#pageWith(pageId).isShared = false;
  }

  share(pageId: string): void {
    this.#pageWith(pageId).isShared = true;
  }

  find(id: string | undefined): NotionThing | undefined {
    return id === undefined ? undefined : this.#things.get(id);
  }

  /** Finds only what the integration may see. */
  findShared(id: string): NotionThing | undefined {
    const thing = this.find(id);
    return thing && this.#isShared(thing) ? thing : undefined;
  }

  findDataSource(id: string): DatabaseThing | undefined {
    for (const thing of this.#things.values()) {
      if (thing.kind === 'database' && thing.dataSourceId === id) {
        return this.#isShared(thing) ? thing : undefined;
      }
    }
    return undefined;
  }

  childrenOf(thing: NotionThing): NotionThing[] {
    return thing.childIds
      .map(id => this.#thing(id))
      .filter(
        child => !child.inTrash && (child.kind !== 'page' || child.isShared),
      );
  }

  /** Everything that the integration may see and that is not in the trash. */
  shared(): NotionThing[] {
    return [...this.#things.values()].filter(
      thing => !thing.inTrash && this.#isShared(thing),
    );
  }

  /** The page that an id is, or that it is in. */
  pageOf(id: string | undefined): PageThing | undefined {
    let thing = this.find(id);
    while (thing && thing.kind !== 'page') thing = this.find(thing.parentId);
    return thing;
  }

  /** Whether something is another thing or anywhere below that. */
  isWithin(id: string, otherId: string): boolean {
    let above = this.find(id);
    while (above && above.id !== otherId) above = this.find(above.parentId);
    return above !== undefined;
  }

  #isShared(thing: NotionThing): boolean {
    let each: NotionThing | undefined = thing;
    while (each) {
      if (each.kind === 'page' && !each.isShared) return false;
      each = this.find(each.parentId);
    }
    return true;
  }

  #store(draft: Draft, parentId: string | undefined, writtenAt: Date): string {
    const id = draft.id ?? this.#nextId();
    if (this.#things.has(id)) throw new Error(`There are two things ${id}`);
    const thing: Thing = {
      id,
      parentId,
      childIds: [],
      createdAt: writtenAt.getTime(),
      editedAt: writtenAt.getTime(),
      inTrash: false,
    };
    const stored = toThing(draft, thing);
    this.#things.set(id, stored);
    const children =
      draft instanceof DatabaseDraft ? draft.rows : draft.children;
    stored.childIds = children.map(child => this.#store(child, id, writtenAt));
    return id;
  }

  #nextId(): string {
    this.#lastUnnamed += 1;
    return notionId(`unnamed/${this.#lastUnnamed}`);
  }

  /** An edit shows on the block and on the page that it is in, not on the pages above. */
  #touch(thing: NotionThing): void {
    const now = this.clock.now();
    thing.editedAt = now;
    const page = this.pageOf(thing.id);
    if (page) page.editedAt = now;
  }

  #thing(id: string): NotionThing {
    const thing = this.#things.get(id);
    if (!thing) throw new Error(`The workspace has nothing with the id ${id}`);
    return thing;
  }

  #pageWith(id: string): PageThing {
    const thing = this.#thing(id);
    if (thing.kind !== 'page') throw new Error(`${id} is a ${thing.kind}`);
    return thing;
  }
}

function toThing(draft: Draft, thing: Thing): NotionThing {
  if (draft instanceof BlockDraft) {
    return { ...thing, kind: 'block', content: draft.content };
  }
  if (draft instanceof DatabaseDraft) {
    return {
      ...thing,
      kind: 'database',
      title: draft.title,
      dataSourceId: notionId(`data-source/${thing.id}`),
    };
  }
  return {
    ...thing,
    kind: 'page',
    title: draft.title,
    icon: draft.icon,
    cover: draft.cover,
    isShared: true,
  };
}
