import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { ManualsStore } from '../manuals/ManualsStore';
import { NoPageForNotion, PageNotFound } from '../source/errors';
import { ManualSource, PageOutline } from '../source/ManualSource';
import { canonicalId } from './canonicalId';
import { Job, JobId } from './Job';
import { JobStore } from './JobStore';
import { NotConfigured } from './NotConfigured';
import { Solution, findSolution } from './Solution';

/** How long Notion may take to say where a page is, while somebody waits for the answer; milliseconds. */
const ANSWER_WITHIN_MS = 20_000;

export type PublishRequest = {
  readonly pageId: string;
  readonly solution: string;
  /** Those of the configuration where left out. */
  readonly targetLanguages?: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly updateSlugs: boolean;
  readonly requestedBy: string;
};

/** Takes orders for jobs: what is wrong with one is said here, before anything is stored. */
export class JobDesk {
  readonly #jobs: JobStore;
  readonly #source: ManualSource | undefined;
  readonly #solutions: readonly Solution[];
  readonly #sourceLanguage: string;
  readonly #languages: readonly string[];
  readonly #defaultLanguages: readonly string[];
  readonly #missing: readonly string[];
  readonly #manuals: Pick<ManualsStore, 'outline'>;

  /** @param options.missing - keys of the configuration without which nothing can be published */
  constructor(options: {
    jobs: JobStore;
    source: ManualSource | undefined;
    solutions: readonly Solution[];
    sourceLanguage: string;
    languages: readonly string[];
    defaultLanguages: readonly string[];
    missing: readonly string[];
    manuals: Pick<ManualsStore, 'outline'>;
  }) {
    this.#jobs = options.jobs;
    this.#source = options.source;
    this.#solutions = options.solutions;
    this.#sourceLanguage = options.sourceLanguage;
    this.#languages = options.languages;
    this.#defaultLanguages = options.defaultLanguages;
    this.#missing = options.missing;
    this.#manuals = options.manuals;
  }

  /**
   * @param place - where the name was given, for the message
   * @throws NotFoundError
   */
  solution(name: string, place = 'Field selected_solution'): Solution {
    const solution = findSolution(this.#solutions, name);
    if (!solution) {
      const known = this.#solutions.map(each => each.name).join(', ');
      throw new NotFoundError(
        `${place}: there is no solution '${name}'; there is ${
          known || 'none, as manualPublish.solutions is empty'
        }`,
      );
    }
    return solution;
  }

  /**
   * @throws InputError, NotFoundError, NotConfigured
   * @throws PageNotFound, SourceUnavailable where Notion does not know the page, or does not answer
   */
  async publish(request: PublishRequest): Promise<Job> {
    const solution = this.solution(request.solution);
    const targetLanguages = this.#readLanguages(request.targetLanguages);
    const source = this.#demandSource();
    const pageId = canonicalId(request.pageId);
    const title = await this.#demandPageOf(solution, pageId, source);
    return this.#jobs.create({
      solution: solution.name,
      pageId,
      title,
      targetLanguages,
      dryRun: request.dryRun,
      force: request.force,
      updateSlugs: request.updateSlugs,
      requestedBy: request.requestedBy,
    });
  }

  /** Does again what a job was to do. @throws NotFoundError, ConflictError, NotConfigured */
  async retry(id: JobId, requestedBy: string): Promise<Job> {
    const job = await this.job(id);
    if (job.state !== 'FAILED' && job.state !== 'CANCELLED') {
      throw new ConflictError(
        `Job ${id} is ${job.state}; only what failed or was cancelled can be tried again`,
      );
    }
    const gone = job.targetLanguages.find(
      each => !this.#languages.includes(each),
    );
    if (gone !== undefined) {
      throw new ConflictError(
        `Job ${id} was to translate into ${gone}, which is not configured any more`,
      );
    }
    this.#demandSource();
    return this.#jobs.create({
      solution: this.solution(job.solution).name,
      pageId: job.pageId,
      title: job.title,
      targetLanguages: job.targetLanguages,
      dryRun: job.dryRun,
      force: job.force,
      updateSlugs: job.updateSlugs,
      requestedBy,
      retryOf: id,
    });
  }

  /** @throws NotFoundError, ConflictError */
  async cancel(id: JobId): Promise<Job> {
    const job = await this.#jobs.cancel(id);
    if (job === 'ended' || job === 'pushing') {
      throw new ConflictError(
        job === 'ended'
          ? `Job ${id} has ended already`
          : `Job ${id} is being pushed: the repository may have its commits already`,
      );
    }
    if (!job) {
      throw unknown(id);
    }
    return job;
  }

  /** @throws NotFoundError */
  async job(id: JobId): Promise<Job> {
    const job = await this.#jobs.find(id);
    if (!job) {
      throw unknown(id);
    }
    return job;
  }

  #demandSource(): ManualSource {
    if (this.#missing.length > 0 || !this.#source) {
      throw new NotConfigured(this.#missing);
    }
    return this.#source;
  }

  #readLanguages(asked: readonly string[] | undefined): readonly string[] {
    const languages = asked ?? this.#defaultLanguages;
    languages.forEach((language, index) => {
      const field = `Field target_languages.${index}`;
      if (language === this.#sourceLanguage) {
        throw new InputError(
          `${field}: ${language} is the language that the manuals are written in`,
        );
      }
      if (!this.#languages.includes(language)) {
        throw new InputError(
          `${field}: must be one of ${this.#languages.join(
            ', ',
          )} (was ${JSON.stringify(language)})`,
        );
      }
      if (languages.indexOf(language) !== index) {
        throw new InputError(`${field}: ${language} is there twice`);
      }
    });
    return languages;
  }

  /**
   * The tree that people see is asked first: it costs no call.
   *
   * @returns the title, as far as it is known
   */
  async #demandPageOf(
    solution: Solution,
    pageId: string,
    source: ManualSource,
  ): Promise<string> {
    const stored = await this.#manuals.outline(
      solution.name,
      solution.rootPageId,
    );
    const known = stored && pageIn(stored.outline, pageId);
    if (known) {
      return known.title;
    }
    if (pageId === solution.rootPageId) {
      // The configuration names it, and the job begins with asking for it: asked here, it would be asked for twice.
      return '';
    }
    const { pages } = await source
      .ancestorsOf(pageId, {
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        isWaitedFor: true,
      })
      .catch((error: unknown) => {
        throw error instanceof NoPageForNotion
          ? new PageNotFound(pageId)
          : error;
      });
    if (!pages.some(({ id }) => id === solution.rootPageId)) {
      throw new InputError(
        `Field notion_page_id: the page is not below the root page of ${solution.name}`,
      );
    }
    return '';
  }
}

function pageIn(outline: PageOutline, id: string): PageOutline | undefined {
  if (outline.id === id) {
    return outline;
  }
  for (const child of outline.children) {
    const found = pageIn(child, id);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function unknown(id: JobId): NotFoundError {
  return new NotFoundError(`There is no job ${id}`);
}
