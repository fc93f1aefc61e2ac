import type { BlockObjectResponse } from '@notionhq/client';
import { WithheldPage } from '../source/PageSnapshot';
import { ReadProgress } from '../source/ManualSource';
import { ReadingRules, isFresh, isRecent } from './freshness';
import { gapsIn, isReadable } from './gaps';
import { checkFolder, listsWithPages } from './folders';
import { listedPages } from './listedPages';
import { ListReader } from './ListReader';
import { PageParts } from './PageParts';
import { ListedPage, PageContent, PageReader } from './PageReader';
import { absenceOrThrow, withheldOrThrow } from './refusals';
import { SnapshotStore, StoredSnapshot } from './SnapshotStore';

/** A page that is being read: its content is there, perhaps not what the list that names it does not tell. */
export type PageDraft = {
  readonly listed: ListedPage;
  readonly parentId?: string;
  readonly content: PageContent;
  readonly readAt: Date;
  readonly checkedAt: Date;
  /** What was stored before. */
  readonly stored?: StoredSnapshot;
  /** Whether the content was read now. */
  readonly isFetched: boolean;
  readonly parts: PageParts;
  readonly children: readonly PageDraft[];
  readonly withheld: readonly WithheldPage[];
};

/** What became of a page that was to be read. `met` was read already, where another list names it. */
export type PageOutcome = PageDraft | 'met' | 'withheld';

export type Reading = {
  readonly store: SnapshotStore;
  readonly lists: ListReader;
  readonly rules: ReadingRules;
  readonly now: () => Date;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Whether to look into a block of a page that is read; into all that have children where left out. */
  readonly goesInto?: (
    block: BlockObjectResponse,
    stored: StoredSnapshot | undefined,
  ) => boolean;
};

type Content = Pick<
  PageDraft,
  'content' | 'readAt' | 'checkedAt' | 'isFetched' | 'parts'
>;

/** Walks down from a page. Pages are read as soon as a list names them, all at once. */
export class TreeReader {
  readonly #reading: Reading;
  readonly #seen = new Set<string>();
  #pagesDone = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  async read(listed: ListedPage, parentId?: string): Promise<PageOutcome> {
    // A page that is moved meanwhile may be listed twice.
    if (this.#seen.has(listed.id)) return 'met';
    this.#seen.add(listed.id);
    this.#report(listed);

    const below = new Map<string, Promise<PageOutcome>>();
    const onPage = (page: ListedPage) => {
      if (below.has(page.id)) return;
      const draft = this.read(page, listed.id);
      draft.catch(() => {
        // It is awaited below, where this page has not failed before.
      });
      below.set(page.id, draft);
    };
    const stored = await this.#reading.store.find(listed.id);
    const content = await this.#content(listed, stored, onPage).catch(error => {
      const isRoot = parentId === undefined;
      if (isRoot) absenceOrThrow(error, nameOf(listed));
      else withheldOrThrow(error, nameOf(listed));
    });
    if (!content) {
      this.#seen.delete(listed.id);
      return 'withheld';
    }
    this.#pagesDone += 1;
    this.#report(listed);

    const children: PageDraft[] = [];
    const withheld: WithheldPage[] = [];
    for (const page of listedPages(content.content)) {
      onPage(page);
      const child = (await below.get(page.id)) ?? 'met';
      if (child === 'withheld') {
        const position = children.length + withheld.length + 1;
        withheld.push({ id: page.id, title: page.title, position });
      } else if (child !== 'met') children.push(child);
    }
    return { listed, parentId, stored, ...content, children, withheld };
  }

  async #content(
    listed: ListedPage,
    stored: StoredSnapshot | undefined,
    onPage: (page: ListedPage) => void,
  ): Promise<Content> {
    const { store, lists, rules, now, goesInto } = this.#reading;
    const parts = new PageParts({
      store,
      rules,
      now,
      pageId: listed.id,
      editedTime: listed.editedTime,
    });
    if (
      stored &&
      isFresh(stored, listed.editedTime, rules) &&
      !(await this.#isMended(stored, parts))
    ) {
      const checked = await this.#check(listed.id, stored, parts);
      if (checked) return checked;
    }
    const reader = new PageReader({
      lists,
      parts,
      before: stored?.content,
      onPage,
      goesInto: goesInto && (block => goesInto(block, stored)),
    });
    const content = await reader.read(listed.id);
    const { readAt } = parts;
    return { content, readAt, checkedAt: readAt, isFetched: true, parts };
  }

  /** Whether what could not be read once can be read now, which changes no edited time: one call for each such block. */
  async #isMended(stored: StoredSnapshot, parts: PageParts): Promise<boolean> {
    const { lists, rules, goesInto = () => true } = this.#reading;
    if (isRecent(stored.readAt, rules)) return false;
    const answers = await Promise.all(
      gapsIn(stored.content)
        .filter(block => goesInto(block, stored))
        .map(block => isReadable(block, { lists, parts })),
    );
    return answers.includes(true);
  }

  /** A page whose text has not changed: its own lists only matter where they have pages. */
  async #check(
    pageId: string,
    stored: StoredSnapshot,
    parts: PageParts,
  ): Promise<Content | undefined> {
    const { lists, rules } = this.#reading;
    const { content, readAt } = stored;
    const isFetched = isRecent(readAt, rules);
    if (isRecent(stored.checkedAt, rules)) {
      return { ...stored, isFetched, parts };
    }
    if (listsWithPages(pageId, content.blocks).length === 0) {
      return { content, readAt, checkedAt: parts.readAt, isFetched, parts };
    }
    const folder = await checkFolder(pageId, content, { lists, parts });
    return (
      folder && {
        content: folder.content,
        readAt,
        checkedAt: parts.readAt,
        isFetched: folder.isChanged,
        parts,
      }
    );
  }

  #report(listed: ListedPage): void {
    this.#reading.onProgress?.({
      pagesDone: this.#pagesDone,
      pagesKnown: this.#seen.size,
      current: listed.title,
    });
  }
}

function nameOf({ id, title }: ListedPage): string {
  return `the page “${title}” (${id})`;
}

/** All drafts of a tree, those above first. */
export function allDrafts(draft: PageDraft): PageDraft[] {
  return [draft, ...draft.children.flatMap(allDrafts)];
}
