import { LoggerService } from '@backstage/backend-plugin-api';
import { ManualsStore } from '../manuals/ManualsStore';
import { ManualSource, PageOutline } from '../source/ManualSource';
import { PageNotFound } from '../source/errors';
import { ANSWER_WITHIN_MS, JobDesk } from './JobDesk';
import { Solution } from './Solution';

/** Asks for jobs when nobody does. */
export const WEBHOOK_PRINCIPAL = 'service:notion-webhook';

/** What follows from a page that was changed, as a webhook tells. */
export class Republisher {
  readonly #desk: JobDesk;
  readonly #source: ManualSource | undefined;
  readonly #manuals: Pick<ManualsStore, 'outline'>;
  readonly #solutions: readonly Solution[];
  readonly #enqueue: ((solution: string) => Promise<void>) | undefined;
  readonly #logger: LoggerService;

  /** @param options.enqueue - publishes a solution later; `undefined` where changes are not published by themselves */
  constructor(options: {
    desk: JobDesk;
    source: ManualSource | undefined;
    manuals: Pick<ManualsStore, 'outline'>;
    solutions: readonly Solution[];
    enqueue: ((solution: string) => Promise<void>) | undefined;
    logger: LoggerService;
  }) {
    this.#desk = options.desk;
    this.#source = options.source;
    this.#manuals = options.manuals;
    this.#solutions = options.solutions;
    this.#enqueue = options.enqueue;
    this.#logger = options.logger;
  }

  /** @throws SourceUnavailable where nobody can say whose page it is: it is to be told again */
  async pageChanged(pageId: string): Promise<void> {
    if (!this.#source) {
      return;
    }
    await this.#source.markChanged(pageId);
    if (this.#enqueue) {
      const solution = await this.#solutionOf(pageId, this.#source);
      if (solution) {
        await this.#enqueue(solution.name);
      }
    }
  }

  async publish(solutionName: string): Promise<void> {
    const solution = this.#desk.solution(solutionName);
    await this.#desk.publish({
      pageId: solution.rootPageId,
      solution: solution.name,
      dryRun: false,
      force: false,
      requestedBy: WEBHOOK_PRINCIPAL,
    });
  }

  /** By the trees that are stored; a page that is new is asked for. */
  async #solutionOf(
    pageId: string,
    source: ManualSource,
  ): Promise<Solution | undefined> {
    for (const solution of this.#solutions) {
      const stored = await this.#manuals.outline(
        solution.name,
        solution.rootPageId,
      );
      if (stored && contains(stored.outline, pageId)) {
        return solution;
      }
    }
    try {
      const above = await source.ancestorsOf(pageId, {
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return this.#solutions.find(({ rootPageId }) =>
        above.includes(rootPageId),
      );
    } catch (error) {
      if (!(error instanceof PageNotFound)) {
        throw error;
      }
      this.#logger.debug(`A changed page is not found: ${error}`);
      return undefined;
    }
  }
}

function contains(outline: PageOutline, id: string): boolean {
  return (
    outline.id === id || outline.children.some(child => contains(child, id))
  );
}
