import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Sandbox, demoSolutions } from '@herald/sandbox';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startManualPublish } from './startManualPublish';

/** The configuration that makes the plugin publish from and into a sandbox. */
export function sandboxConfig(
  sandbox: Pick<Sandbox, 'notion' | 'openAi' | 'git'>,
  workDir: string,
): JsonObject {
  return {
    workDir,
    notion: { token: sandbox.notion.token, baseUrl: sandbox.notion.url },
    openai: {
      apiKey: sandbox.openAi.apiKey,
      baseUrl: sandbox.openAi.url,
      model: 'sandbox',
    },
    repository: {
      url: `${sandbox.git.url}/docs.git`,
      token: sandbox.git.token,
      author: { name: 'Herald', email: 'herald@example.com' },
    },
    media: { allowedPrivateHosts: ['127.0.0.1', 'localhost'] },
    solutions: Object.entries(demoSolutions).map(([name, rootPageId]) => ({
      name,
      rootPageId,
    })),
  };
}

/** A portal that publishes from and into a sandbox. */
export async function startPublishing(
  databases: TestDatabases,
  engine: TestDatabaseId,
  sandbox: Pick<Sandbox, 'notion' | 'openAi' | 'git'>,
  options: Parameters<typeof startManualPublish>[2] & {
    /** One that outlives the portal; its own where it is left out. */
    workDir?: string;
  } = {},
) {
  const workDir =
    options.workDir ?? (await mkdtemp(path.join(tmpdir(), 'herald-work-')));
  const portal = await startManualPublish(databases, engine, {
    ...options,
    manualPublish: {
      ...sandboxConfig(sandbox, workDir),
      ...options.manualPublish,
    },
  });
  return {
    ...portal,
    workDir,
    stop: async () => {
      await portal.stop();
      if (options.workDir === undefined) {
        await rm(workDir, { recursive: true, force: true });
      }
    },
  };
}
