import { NotFoundError } from '@backstage/errors';
import {
  ImportReport,
  ImportSource,
} from '@herald/backstage-plugin-notifications-common';
import { WorkItem, WorkQueue } from '@herald/work-queue';
import {
  ImportPoint,
  ImportedMessage,
  ImportedRow,
  Predecessor,
} from './Predecessor';
import { PreferenceRule } from '@herald/backstage-plugin-notifications-common';

/** Reading a page costs a look at the whole table, which has no index by date. */
const BATCH = 1_000;
const LOOKED_AT_IN_DRY_RUN = 20_000;
const PROBLEMS_REMEMBERED = 50;

export type ImportWork = { 'import-batch': { source: ImportSource } };

/** What is remembered of an import, from one batch to the next and from one run to the next. */
export type ImportProgress = {
  after?: ImportPoint;
  looked: number;
  imported: number;
  people: number;
  problems: ImportReport['problems'];
  /** How many messages and people open pages have been told of. */
  told?: number;
};

export const NOTHING_YET: ImportProgress = {
  looked: 0,
  imported: 0,
  people: 0,
  problems: [],
};

/** What imports need of a database. */
export interface ImportStore {
  progressOf(
    source: ImportSource,
  ): Promise<
    | { progress: ImportProgress; isRunning: boolean; failure?: string }
    | undefined
  >;
  /** Says that it runs and enqueues its first batch, unless it does already, in place of one that was given up: one transaction. */
  begin(source: ImportSource): Promise<void>;
  /** How many of the messages are not there yet. */
  missing(ids: readonly string[]): Promise<number>;
  /** How many of the people have no preferences of their own here. */
  withoutPreferences(userRefs: readonly string[]): Promise<number>;
  /**
   * Stores those of the messages that are not there yet, with their marks, and how far it is now; completes the item and, while
   * it is not the last, enqueues the next: one transaction. No stream hears of it before the end. What the database refuses for
   * what is in it is left out, and the rest is stored.
   */
  storeBatch(
    item: WorkItem<ImportWork['import-batch']>,
    messages: readonly ImportedMessage[],
    toProgress: (
      imported: number,
      refused: ReadonlyMap<ImportedMessage, string>,
    ) => ImportProgress,
  ): Promise<void>;
  /**
   * Gives rules to those who have none of their own, says that it is done, tells open pages to look anew where there is something to be
   * seen, and completes the item: one transaction.
   */
  finish(
    item: WorkItem<ImportWork['import-batch']>,
    preferences: ReadonlyMap<string, readonly PreferenceRule[]>,
    toProgress: (people: number) => ImportProgress,
  ): Promise<void>;
}

/** Takes over the messages of other notifications plugins, batch by batch, in the background. */
export class Importer {
  readonly #predecessors: ReadonlyMap<ImportSource, Predecessor>;
  readonly #store: ImportStore;

  constructor(options: {
    predecessors: readonly Predecessor[];
    store: ImportStore;
    work: Pick<WorkQueue<ImportWork>, 'process'>;
  }) {
    this.#predecessors = new Map(
      options.predecessors.map(predecessor => [
        predecessor.source,
        predecessor,
      ]),
    );
    this.#store = options.store;
    options.work.process(
      'import-batch',
      ({ item }) => this.#importBatch(item),
      { concurrency: 1 },
    );
  }

  /** How far the import from every source is. */
  async reports(): Promise<ImportReport[]> {
    const reports: ImportReport[] = [];
    for (const predecessor of this.#predecessors.values()) {
      reports.push(await this.#report(predecessor));
    }
    return reports;
  }

  /**
   * Begins, or goes on with what has come since; where it runs already, it goes on running.
   *
   * @throws NotFoundError where there are no such tables
   */
  async start(source: ImportSource): Promise<ImportReport> {
    const predecessor = await this.#present(source);
    await this.#store.begin(source);
    return this.#report(predecessor);
  }

  /**
   * What `start` would do, up to 20,000 messages.
   *
   * @throws NotFoundError where there are no such tables
   */
  async dryRun(source: ImportSource): Promise<ImportReport> {
    const predecessor = await this.#present(source);
    const stored = await this.#store.progressOf(source);
    let progress: ImportProgress = {
      ...NOTHING_YET,
      after: stored?.progress.after,
    };
    while (progress.looked < LOOKED_AT_IN_DRY_RUN) {
      const { rows, next } = await predecessor.read(progress.after, BATCH);
      if (next === undefined) {
        break;
      }
      const missing = await this.#store.missing(
        messagesOf(rows).map(({ id }) => id),
      );
      progress = afterBatch(progress, rows, missing, next);
    }
    const people = [...(await predecessor.preferences()).keys()];
    return {
      ...(await this.#report(predecessor)),
      ...shown(progress),
      people: await this.#store.withoutPreferences(people),
    };
  }

  async #importBatch(
    item: WorkItem<ImportWork['import-batch']>,
  ): Promise<void> {
    const predecessor = await this.#present(item.payload.source);
    const stored = await this.#store.progressOf(predecessor.source);
    const before = stored?.progress ?? NOTHING_YET;
    const { rows, next } = await predecessor.read(before.after, BATCH);
    if (next === undefined) {
      await this.#store.finish(
        item,
        await predecessor.preferences(),
        people => ({ ...before, people: before.people + people }),
      );
      return;
    }
    await this.#store.storeBatch(item, messagesOf(rows), (imported, refused) =>
      afterBatch(
        before,
        rows.map(row => withRefusal(row, refused)),
        imported,
        next,
      ),
    );
  }

  async #present(source: ImportSource): Promise<Predecessor> {
    const predecessor = this.#predecessors.get(source);
    if (!predecessor || !(await predecessor.isThere())) {
      throw new NotFoundError(
        `Field source: the database of this plugin has no tables of the ${source} notifications plugin`,
      );
    }
    return predecessor;
  }

  async #report(predecessor: Predecessor): Promise<ImportReport> {
    const { source } = predecessor;
    if (!(await predecessor.isThere())) {
      return { source, state: 'absent', messages: 0, ...shown(NOTHING_YET) };
    }
    const stored = await this.#store.progressOf(source);
    const messages = await predecessor.count();
    const progress = stored?.progress ?? NOTHING_YET;
    const isDone = stored !== undefined && progress.looked >= messages;
    const rest = isDone ? 'done' : 'ready';
    const failure = stored?.failure;
    const ended = failure === undefined ? rest : 'failed';
    return {
      source,
      state: stored?.isRunning ? 'running' : ended,
      failure,
      messages,
      ...shown(progress),
    };
  }
}

function shown({ after: _, told: __, ...progress }: ImportProgress) {
  return progress;
}

function messagesOf(rows: readonly ImportedRow[]): ImportedMessage[] {
  return rows
    .map(({ message }) => message)
    .filter(message => message !== undefined);
}

/** @param refused - why the database has not taken messages */
function withRefusal(
  row: ImportedRow,
  refused: ReadonlyMap<ImportedMessage, string>,
): ImportedRow {
  const reason = row.message && refused.get(row.message);
  return reason === undefined
    ? row
    : {
        ...row,
        problems: [
          ...row.problems,
          `left out: the database refuses it: ${reason}`,
        ],
      };
}

function afterBatch(
  before: ImportProgress,
  rows: readonly ImportedRow[],
  imported: number,
  after: ImportPoint,
): ImportProgress {
  const problems = new Map(
    before.problems.map(entry => [entry.problem, { ...entry }]),
  );
  for (const { sourceId, problems: found } of rows) {
    for (const problem of found) {
      const entry = problems.get(problem);
      if (entry) {
        entry.count += 1;
      } else if (problems.size < PROBLEMS_REMEMBERED) {
        problems.set(problem, { problem, count: 1, example: sourceId });
      }
    }
  }
  return {
    after,
    looked: before.looked + rows.length,
    imported: before.imported + imported,
    people: before.people,
    problems: [...problems.values()],
    told: before.told,
  };
}
