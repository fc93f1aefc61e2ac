import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  Job,
  isFinal,
  jobSchema,
} from '@herald/backstage-plugin-manual-publish-common';
import { GitSandbox, NotionSandbox, OpenAiSandbox } from '@herald/sandbox';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker, startWorker } from '../harness/worker';

export type Surroundings = {
  notion: NotionSandbox;
  openAi: OpenAiSandbox;
  git: GitSandbox;
};

export type Order = {
  solution: string;
  rootId: string;
  languages: readonly string[];
  isDryRun?: boolean;
};

const BASE = '/api/manual-publish';
const PUBLISHER = 'user:default/guest';
const LOOK_AGAIN_MS = 50;

/** Herald as one uses it: jobs of the real plugin, asked for over HTTP, in a process of its own. */
export class HeraldPortal {
  readonly #worker: Worker;
  readonly #workDir: string;

  /** @param solutions - the ids of their root pages by their names */
  static async start(
    surroundings: Surroundings,
    solutions: Record<string, string>,
  ): Promise<HeraldPortal> {
    const workDir = await mkdtemp(path.join(os.tmpdir(), 'herald-bench-'));
    const worker = await startWorker(
      resolvePackagePath('@herald/bench', 'src/publish/portal.ts'),
      configOf(surroundings, solutions, workDir),
    ).catch(async error => {
      await rm(workDir, { recursive: true, force: true });
      throw error;
    });
    return new HeraldPortal(worker, workDir);
  }

  private constructor(worker: Worker, workDir: string) {
    this.#worker = worker;
    this.#workDir = workDir;
  }

  /** Has a job done. @throws Error where it does not end well */
  async publish(order: Order): Promise<Job> {
    const { job_id: id } = await this.#fetch<{ job_id: string }>('/publish', {
      notion_page_id: order.rootId,
      selected_solution: order.solution,
      target_languages: [...order.languages],
      dry_run: order.isDryRun ?? false,
    });
    for (;;) {
      const job = jobSchema.parse(await this.#fetch(`/jobs/${id}`));
      if (isFinal(job.status)) {
        if (job.status === 'COMPLETED') return job;
        throw new Error(`Job ${job.status}: ${JSON.stringify(job.failure)}`);
      }
      await delay(LOOK_AGAIN_MS);
    }
  }

  async stop(): Promise<void> {
    await this.#worker.stop();
    await rm(this.#workDir, { recursive: true, force: true });
  }

  async #fetch<T>(pathname: string, body?: JsonObject): Promise<T> {
    const { port } = this.#worker.greeting;
    const response = await fetch(`http://127.0.0.1:${port}${BASE}${pathname}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        Authorization: mockCredentials.user.header(PUBLISHER),
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${pathname}: status ${response.status}, ${await response.text()}`,
      );
    }
    return response.json();
  }
}

function configOf(
  { notion, openAi, git }: Surroundings,
  solutions: Record<string, string>,
  workDir: string,
): JsonObject {
  return {
    permission: { enabled: false },
    manualPublish: {
      workDir,
      publishers: [PUBLISHER],
      solutions: Object.entries(solutions).map(([name, rootPageId]) => ({
        name,
        rootPageId,
      })),
      notion: { token: notion.token, baseUrl: notion.url },
      openai: { apiKey: openAi.apiKey, baseUrl: openAi.url, model: 'sandbox' },
      repository: {
        url: `${git.url}/docs.git`,
        token: git.token,
        author: { name: 'Herald', email: 'herald@example.com' },
      },
    },
  };
}
