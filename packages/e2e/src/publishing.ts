import { Sandbox, demoSolutions, startSandbox } from '@herald/sandbox';
import { fetch, Response } from 'undici';
import { Portal } from './portal';
import { until } from './until';

/** A portal that publishes manuals, with all that it publishes from and into. */
export type PublishingPortal = {
  portal: Portal;
  sandbox: Sandbox;
  stop(): Promise<void>;
};

/**
 * The example portal with a sandbox of its own, as `npm start` runs them, on free ports.
 *
 * @param options.latencyMs - what each answer of Notion and OpenAI takes, so that there is something to watch
 * @param options.translator - `pseudo` unless told, as in app-config.yaml
 */
export async function startPublishing(
  options: { latencyMs?: number; translator?: 'openai' | 'pseudo' } = {},
): Promise<PublishingPortal> {
  const sandbox = await startSandbox({ latencyMs: options.latencyMs });
  try {
    const portal = await Portal.start(environmentOf(sandbox, options));
    return {
      portal,
      sandbox,
      stop: async () => {
        await portal.stop();
        await sandbox.stop();
      },
    };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

function environmentOf(
  { notion, openAi, git }: Sandbox,
  { translator = 'pseudo' }: { translator?: 'openai' | 'pseudo' },
): Record<string, string> {
  return {
    NOTION_BASE_URL: notion.url,
    NOTION_TOKEN: notion.token,
    OPENAI_BASE_URL: openAi.url,
    OPENAI_API_KEY: openAi.apiKey,
    MANUAL_TRANSLATOR: translator,
    GITHUB_REPO_URL: `${git.url}/docs.git`,
    GITHUB_TOKEN: git.token,
  };
}

const PUBLISHED_WITHIN_MS = 120_000;

/** What tests look at of a job. */
export type PublishedJob = {
  id: string;
  status: string;
  unchanged: boolean;
  commits: { sha: string; kind: string }[];
  cost: { translator_calls: number; notion_calls: number };
};

/** Asks for a publication as a program does. */
export async function askToPublish(
  portal: Portal,
  token: string,
  body: {
    notion_page_id: string;
    selected_solution: string;
    target_languages: string[];
    dry_run?: boolean;
  },
): Promise<Response> {
  return fetch(`${portal.url}/api/manual-publish/publish`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  });
}

/** Publishes a whole solution as the guest, and waits for the end, whatever it is. */
export async function publishAll(
  portal: Portal,
  solution: keyof typeof demoSolutions,
  languages: string[],
): Promise<PublishedJob> {
  const token = await portal.guestToken();
  const answer = await askToPublish(portal, token, {
    notion_page_id: demoSolutions[solution],
    selected_solution: solution,
    target_languages: languages,
  });
  if (!answer.ok) {
    throw new Error(`${answer.status}: ${await answer.text()}`);
  }
  const { job_id: id } = (await answer.json()) as { job_id: string };
  let job = await readJob(portal, id);
  await until(`${solution} is published`, PUBLISHED_WITHIN_MS, async () => {
    job = await readJob(portal, id);
    return ['COMPLETED', 'FAILED', 'CANCELLED'].includes(job.status);
  });
  return job;
}

export async function readJob(
  portal: Portal,
  id: string,
): Promise<PublishedJob> {
  const answer = await fetch(`${portal.url}/api/manual-publish/jobs/${id}`, {
    headers: { Authorization: `Bearer ${await portal.guestToken()}` },
  });
  return (await answer.json()) as PublishedJob;
}
