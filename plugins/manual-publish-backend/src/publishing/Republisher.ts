import { LoggerService } from '@backstage/backend-plugin-api';
import { ManualsStore } from '../manuals/ManualsStore';
import { ManualSource, PageOutline } from '../source/ManualSource';
import { NoPageForNotion, PageNotFound } from '../source/errors';
import { PageChange } from '../webhook/NotionWebhook';
import { JobDesk } from './JobDesk';
import { Solution } from './Solution';

/** Asks for jobs when nobody does. */
export const WEBHOOK_PRINCIPAL = 'service:notion-webhook';

/** How long Notion may take to say whose page it is: its webhook waits, and sends again what has failed. Milliseconds. */
const OWNER_WITHIN_MS = 10_000;

/** What follows from a page that was changed, as a webhook tells. */
export class Republisher {
  readonly #desk: JobDesk;
  readonly #source: ManualSource | undefined;
  readonly #manuals: Pick<ManualsStore, 'outline' | 'expire'>;
  readonly #solutions: readonly Solution[];
  readonly #logger: LoggerService;

  constructor(options: {
    desk: JobDesk;
    source: ManualSource | undefined;
    manuals: Pick<ManualsStore, 'outline' | 'expire'>;
    solutions: readonly Solution[];
    logger: LoggerService;
  }) {
    this.#desk = options.desk;
    this.#source = options.source;
    this.#manuals = options.manuals;
    this.#solutions = options.solutions;
    this.#logger = options.logger;
  }

  /**
   * Marks it as changed.
   *
   * @returns the solutions that it is in
   * @throws SourceUnavailable where nobody can say whose page it is: it is to be told again
   */
  async pageChanged(change: PageChange): Promise<readonly string[]> {
    if (!this.#source) {
      return [];
    }
    await this.#source.markChanged(change.pageId);
    const solutions = await this.#solutionsOf(change, this.#source);
    const names = [...solutions].map(({ name }) => name);
    for (const name of names) {
      await this.#manuals.expire(name);
    }
    return names;
  }

  async publish(solutionName: string): Promise<void> {
    const solution = this.#desk.solution(solutionName);
    await this.#desk.publish({
      pageId: solution.rootPageId,
      solution: solution.name,
      dryRun: false,
      force: false,
      updateSlugs: false,
      requestedBy: WEBHOOK_PRINCIPAL,
    });
  }

  /** By the trees that are stored; a page that is new is asked for. One that was moved concerns where it is and where it was. */
  async #solutionsOf(
    { pageId, isMoved }: PageChange,
    source: ManualSource,
  ): Promise<ReadonlySet<Solution>> {
    const found = new Set<Solution>();
    for (const solution of this.#solutions) {
      const stored = await this.#manuals.outline(
        solution.name,
        solution.rootPageId,
      );
      if (stored && contains(stored.outline, pageId)) {
        found.add(solution);
      }
    }
    if (isMoved || found.size === 0) {
      const current = await this.#currentSolutionOf(pageId, source);
      if (current) {
        found.add(current);
      }
    }
    return found;
  }

  async #currentSolutionOf(
    pageId: string,
    source: ManualSource,
  ): Promise<Solution | undefined> {
    try {
      const { pages } = await source.ancestorsOf(pageId, {
        signal: AbortSignal.timeout(OWNER_WITHIN_MS),
      });
      return this.#solutions.find(({ rootPageId }) =>
        pages.some(({ id }) => id === rootPageId),
      );
    } catch (error) {
      if (
        !(error instanceof PageNotFound || error instanceof NoPageForNotion)
      ) {
        throw error;
      }
      // A page that was just deleted is nothing to look at; that Notion tells of a page and knows of none is.
      const level = error instanceof NoPageForNotion ? 'warn' : 'debug';
      this.#logger[level](`A changed page is not found: ${error}`);
      return undefined;
    }
  }
}

function contains(outline: PageOutline, id: string): boolean {
  return (
    outline.id === id || outline.children.some(child => contains(child, id))
  );
}
