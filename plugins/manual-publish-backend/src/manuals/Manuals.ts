import { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import { ManualSource, PageOutline } from '../source/ManualSource';
import { Solution } from '../publishing/Solution';
import { LastPublished, ManualsStore, StoredOutline } from './ManualsStore';

/** Notion's times are of the minute. */
const MINUTE_MS = 60_000;

export type ManualPage = {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly isFolder: boolean;
  readonly parentId: string | undefined;
  readonly lastEditedAt: Date;
  readonly lastPublishedAt: Date | undefined;
  readonly isChanged: boolean;
};

export type ManualTree = {
  readonly solution: Solution;
  /** `undefined` where it is being read for the first time. */
  readonly readAt: Date | undefined;
  /** In the order of Notion, each before those below it. */
  readonly pages: readonly ManualPage[];
  /** Why it is an older tree. */
  readonly problem?: string;
  /** It is being read: whoever asks again is told more. */
  readonly isBeingRead: boolean;
};

type Current = Partial<StoredOutline> &
  Pick<ManualTree, 'problem' | 'isBeingRead'>;

/** The pages of solutions, and what became of them. */
export class Manuals {
  readonly #source: Pick<ManualSource, 'readOutline'>;
  readonly #store: ManualsStore;
  readonly #logger: LoggerService;
  readonly #maxAgeMs: number;
  readonly #now: () => Date;
  /** One reading a solution at a time; whoever asks meanwhile gets its answer. */
  readonly #underWay = new Map<string, Promise<StoredOutline>>();
  readonly #answerWithinMs: number;
  /** Why the last reading of a solution failed, for who has not waited for it. */
  readonly #problems = new Map<string, string>();

  constructor(options: {
    source: Pick<ManualSource, 'readOutline'>;
    store: ManualsStore;
    logger: LoggerService;
    /** Milliseconds after which a stored tree is read again. */
    maxAgeMs: number;
    /** How long somebody waits for the source; milliseconds. The reading goes on. */
    answerWithinMs: number;
    now: () => Date;
  }) {
    this.#source = options.source;
    this.#store = options.store;
    this.#logger = options.logger;
    this.#maxAgeMs = options.maxAgeMs;
    this.#answerWithinMs = options.answerWithinMs;
    this.#now = options.now;
  }

  /**
   * The tree of a solution. Where the source fails or takes its time, the one that was read before is answered with the reason.
   *
   * @throws PageNotFound, SourceUnavailable where the source fails and nothing was read before
   */
  async treeOf(
    solution: Solution,
    options: { refresh: boolean },
  ): Promise<ManualTree> {
    const stored = await this.#store.outline(
      solution.name,
      solution.rootPageId,
    );
    const { outline, readAt, problem, isBeingRead } = await this.#current(
      solution,
      stored,
      options.refresh,
    );
    const published = await this.#store.lastPublished(solution.name);
    return {
      solution,
      readAt,
      pages: outline ? flatten(outline, undefined, published) : [],
      problem,
      isBeingRead,
    };
  }

  async #current(
    solution: Solution,
    stored: StoredOutline | undefined,
    refresh: boolean,
  ): Promise<Current> {
    const isFresh =
      stored &&
      this.#now().getTime() - stored.readAt.getTime() < this.#maxAgeMs;
    if (isFresh && !refresh) {
      // Somebody else may have asked for it anew.
      return { ...stored, isBeingRead: this.#underWay.has(solution.name) };
    }
    const before = this.#problems.get(solution.name);
    try {
      const current = await inTime(this.#read(solution), this.#answerWithinMs);
      return current
        ? { ...current, isBeingRead: false }
        : { ...stored, problem: before, isBeingRead: true };
    } catch (error) {
      if (!stored) {
        throw error;
      }
      return { ...stored, problem: messageOf(error), isBeingRead: false };
    }
  }

  #read(solution: Solution): Promise<StoredOutline> {
    const underWay = this.#underWay.get(solution.name);
    if (underWay) {
      return underWay;
    }
    const reading = this.#readNow(solution).finally(() =>
      this.#underWay.delete(solution.name),
    );
    this.#underWay.set(solution.name, reading);
    reading.then(
      () => this.#problems.delete(solution.name),
      error => {
        this.#problems.set(solution.name, messageOf(error));
        this.#logger.warn(
          `The manuals of ${solution.name} could not be read: ${error}`,
        );
      },
    );
    return reading;
  }

  async #readNow(solution: Solution): Promise<StoredOutline> {
    const readAt = this.#now();
    const outline = await this.#source.readOutline(solution.rootPageId, {
      // Whoever asked may have gone; others may have come, and the answer is stored.
      signal: new AbortController().signal,
      isWaitedFor: true,
    });
    await this.#store.storeOutline(solution.name, outline, readAt);
    return { outline, readAt };
  }
}

/** `undefined` where it takes longer. */
async function inTime<T>(
  work: Promise<T>,
  milliseconds: number,
): Promise<T | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([
      work,
      delay(milliseconds, undefined, { signal: over.signal, ref: false }),
    ]);
  } finally {
    over.abort();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a page is another than the one that was published; an edit in the minute in which it was read counts as one. */
export function isChanged(
  lastEditedAt: Date,
  published: LastPublished | undefined,
): boolean {
  if (!published) {
    return true;
  }
  const edited = lastEditedAt.getTime();
  return (
    edited > published.editedAt.getTime() ||
    published.readAt.getTime() < edited + MINUTE_MS
  );
}

function flatten(
  outline: PageOutline,
  parentId: string | undefined,
  published: ReadonlyMap<string, LastPublished>,
): ManualPage[] {
  const { id, title, url, lastEditedAt, children } = outline;
  return [
    {
      id,
      title,
      url,
      parentId,
      lastEditedAt,
      isFolder: children.length > 0,
      lastPublishedAt: published.get(id)?.publishedAt,
      isChanged: isChanged(lastEditedAt, published.get(id)),
    },
    ...children.flatMap(child => flatten(child, id, published)),
  ];
}
