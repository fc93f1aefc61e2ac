import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Job, isFinal } from '@herald/backstage-plugin-manual-publish-common';
import {
  Clock,
  Draft,
  GitSandboxOptions,
  Sandbox,
  blocks,
  notionId,
  page,
  startGitSandbox,
  startNotionSandbox,
  startOpenAiSandbox,
} from '@herald/sandbox';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { startPublishing } from './publishingPortal';
import { GUEST } from './startManualPublish';

const MANUALS = 40;
let made = 0;

/** Resolves once it holds; the test's own timeout is the limit. */
export async function until(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await holds())) await delay(10);
}

/** A Notion without pages, a translator, and a repository with one file. */
export async function startSmallSandbox(
  git: GitSandboxOptions = {},
  clock?: Clock,
): Promise<Pick<Sandbox, 'notion' | 'openAi' | 'git'>> {
  return {
    notion: await startNotionSandbox({ clock }),
    openAi: await startOpenAiSandbox(),
    git: await startGitSandbox({
      repositories: [
        { name: 'docs', tree: async () => ({ 'README.md': 'The site\n' }) },
      ],
      ...git,
    }),
  };
}

/** The configuration of many solutions, whose pages are still to be written. */
export const smallSolutions = (prefix: string) =>
  Array.from({ length: MANUALS }, (_, index) => ({
    name: `S${index}`,
    rootPageId: notionId(`${prefix}/${index}`),
  }));

/** A portal, and small manuals: each test takes one of its own, and so a solution that no other test touches. */
export async function startSmallManuals(
  databases: TestDatabases,
  engine: TestDatabaseId,
  options: Parameters<typeof startPublishing>[3] & {
    git?: GitSandboxOptions;
    /** Notion's. */
    clock?: Clock;
    /** One that another portal uses too, and is stopped by it. */
    sandbox?: Pick<Sandbox, 'notion' | 'openAi' | 'git'>;
    prefix?: string;
    /** Keys of `manualPublish.notion` beside those that lead to the sandbox. */
    notion?: JsonObject;
    /** Likewise of `manualPublish.repository`. */
    repository?: JsonObject;
  } = {},
) {
  made += 1;
  const { prefix = `manual/${made}` } = options;
  const sandbox =
    options.sandbox ?? (await startSmallSandbox(options.git, options.clock));
  const { notion, openAi, git } = sandbox;
  const portal = await startPublishing(databases, engine, sandbox, {
    ...options,
    manualPublish: {
      solutions: smallSolutions(prefix),
      notion: {
        token: notion.token,
        baseUrl: notion.url,
        ...options.notion,
      },
      repository: {
        url: git.repository().url,
        token: git.token,
        ...options.repository,
      },
      ...options.manualPublish,
    } satisfies JsonObject,
  });
  const repository = git.repository();
  let taken = 0;

  const ended = async (id: string): Promise<Job> => {
    for (;;) {
      const job: Job = (await portal.get(`/jobs/${id}`).expect(200)).body;
      if (isFinal(job.status)) return job;
      await (
        await portal.watch(id)
      ).ended;
    }
  };

  return {
    ...portal,
    sandbox,
    repository,
    prefix,
    ended,

    /** Writes the next manual: `Guide` with `Install` and `Operate`, and `Backup` below the latter. */
    manual(...content: Draft[]) {
      const key = `${prefix}/${taken}`;
      const solution = `S${taken}`;
      taken += 1;
      notion.workspace.add(
        page(`Guide of ${solution}`)
          .as(key)
          .with(
            blocks.paragraph(`What ${solution} is for`),
            ...content,
            page('Install')
              .as(`${key}/install`)
              .with(
                blocks.heading2('Before you begin'),
                blocks.paragraph(`Get ${solution} with `, 'a browser'),
              ),
            page('Operate')
              .as(`${key}/operate`)
              .with(
                blocks.paragraph(`How ${solution} is run`),
                page('Backup')
                  .as(`${key}/backup`)
                  .with(blocks.paragraph(`Keep copies of ${solution}`)),
              ),
          ),
      );
      return {
        solution,
        /** Of the page with that name in lower case; the guide's own without one. */
        id: (name?: string) => notionId(name ? `${key}/${name}` : key),
        folder: `docs/${solution.toLowerCase()}`,
        order: {
          notion_page_id: notionId(key),
          selected_solution: solution,
          target_languages: ['ko'],
        },
      };
    },

    /** Asks for a job. @returns its id */
    async ask(body: object, userRef = GUEST): Promise<string> {
      const response = await portal.post('/publish', body, userRef).expect(202);
      return response.body.job_id;
    },

    async retry(job: Pick<Job, 'id'>): Promise<Job> {
      const { body } = await portal.post(`/jobs/${job.id}/retry`).expect(202);
      return ended(body.job_id);
    },

    async job(id: string): Promise<Job> {
      return (await portal.get(`/jobs/${id}`).expect(200)).body;
    },

    /** Files and folders that a job has left behind in the directory for work. */
    async leftOvers(job: Pick<Job, 'id'>): Promise<string[]> {
      const files = await readdir(portal.workDir, { recursive: true });
      return files.filter(file => file.includes(job.id));
    },

    /** What is published of a solution. */
    async published(folder: string): Promise<string[]> {
      const files = await repository.files();
      return files.filter(file => file.startsWith(`${folder}/`));
    },

    /** Nothing goes wrong any more. */
    mend(): void {
      notion.faults.clear();
      notion.media.faults.clear();
      openAi.faults.clear();
      openAi.translatorFaults.clear();
      git.faults.clear();
    },

    async stop(): Promise<void> {
      await portal.stop();
      if (options.sandbox) return;
      await notion.stop();
      await openAi.stop();
      await git.stop();
    },
  };
}

export type SmallManuals = Awaited<ReturnType<typeof startSmallManuals>>;

/** What holds of every failed or cancelled job: the repository is as before, and nothing is left on the disk. */
export async function expectNoTrace(
  manuals: SmallManuals,
  job: Job,
  headBefore: string | undefined,
): Promise<void> {
  expect(await manuals.repository.head()).toBe(headBefore);
  expect(await manuals.leftOvers(job)).toEqual([]);
}
