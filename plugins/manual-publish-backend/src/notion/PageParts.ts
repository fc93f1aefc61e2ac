import { ReadingRules, isFresh, isRecent } from './freshness';
import { PartContent, SnapshotStore, StoredPart } from './SnapshotStore';

type Kind = PartContent['kind'];
type ContentOf<K extends Kind> = Extract<PartContent, { kind: K }>;

/** The answers about one page while it is read: stored as they come, and taken from the store after a restart. */
export class PageParts {
  readonly #stored: Promise<ReadonlyMap<string, StoredPart>>;
  /** Lists of which a part had to be read anew: what is stored of their ends does not follow on it. */
  readonly #restarted = new Set<string>();
  #readAt: Date;

  constructor(
    private readonly options: {
      store: SnapshotStore;
      rules: ReadingRules;
      pageId: string;
      editedTime: string;
      now: () => Date;
    },
  ) {
    this.#readAt = options.now();
    this.#stored = this.#load();
    this.#stored.catch(() => {
      // Whoever asks for a part is told.
    });
  }

  /** When the oldest of the answers was read. */
  get readAt(): Date {
    return this.#readAt;
  }

  /** Part `number` of a list, or of what takes one call: from the store, or by the call. */
  async read<K extends Kind>(
    kind: K,
    list: string,
    number: number,
    call: () => Promise<ContentOf<K>>,
  ): Promise<ContentOf<K>> {
    const stored = await this.find(kind, list, number);
    if (stored) return stored;
    this.#restarted.add(list);
    const readAt = this.options.now();
    const content = await call();
    await this.#add(list, number, readAt, content);
    return content;
  }

  /** What is stored already. */
  async find<K extends Kind>(
    kind: K,
    list: string,
    number: number,
  ): Promise<ContentOf<K> | undefined> {
    if (this.#restarted.has(list)) return undefined;
    const stored = (await this.#stored).get(partName(list, number));
    // Asked when it is needed, as the first answer tells whose time it is.
    if (!stored || !this.#isCurrent(stored)) return undefined;
    if (!isOf(kind, stored.content)) return undefined;
    if (stored.readAt < this.#readAt) this.#readAt = stored.readAt;
    return stored.content;
  }

  /** Stores an answer that came otherwise than by `read`. */
  async add(list: string, content: PartContent): Promise<void> {
    await this.#add(list, 0, this.options.now(), content);
  }

  /** The list is to be read from its beginning. */
  restart(list: string): void {
    this.#restarted.add(list);
  }

  async #add(
    list: string,
    number: number,
    readAt: Date,
    content: PartContent,
  ): Promise<void> {
    const { store, pageId, editedTime } = this.options;
    const part = partName(list, number);
    await store.addPart({ pageId, part, editedTime, readAt, content });
  }

  async #load(): Promise<ReadonlyMap<string, StoredPart>> {
    const { store, pageId } = this.options;
    const parts = await store.parts(pageId);
    return new Map(parts.map(part => [part.part, part]));
  }

  #isCurrent(part: StoredPart): boolean {
    const { editedTime, rules } = this.options;
    return listsPages(part.content)
      ? isRecent(part.readAt, rules)
      : isFresh(part, editedTime, rules);
  }
}

function partName(list: string, number: number): string {
  return `${list}/${number}`;
}

/** The times of pages change without an edit of the page whose list they are in. */
function listsPages(content: PartContent): boolean {
  switch (content.kind) {
    case 'rows':
      return true;
    case 'blocks':
      return content.results.some(({ type }) => type === 'child_page');
    default:
      return false;
  }
}

function isOf<K extends Kind>(
  kind: K,
  content: PartContent,
): content is ContentOf<K> {
  return content.kind === kind;
}
