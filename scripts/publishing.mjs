// The example portal, without its pages, that publishes from stand-ins: on databases that are made for it, and with the translator
// that needs nobody.
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from './ports.mjs';
import { startGroup, stopGroup } from './processes.mjs';
import { startSandbox } from './sandbox.mjs';
import { root } from './toolchain.mjs';

const STARTS_WITHIN_MS = 2 * 60_000;
const LOOK_EVERY_MS = 250;

async function startPortal(env, dataDir, sandboxPorts, log) {
  const port = await freePort();
  const child = startGroup(
    'node',
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      path.join('src', 'index.ts'),
      '--config',
      path.join(root, 'app-config.yaml'),
    ],
    {
      cwd: path.join(root, 'packages', 'backend'),
      env: {
        ...env,
        NODE_ENV: 'development',
        HERALD_BACKEND_PORT: String(port),
        HERALD_DATA_DIR: dataDir,
        NOTION_BASE_URL: `http://127.0.0.1:${sandboxPorts.notion}`,
        NOTION_TOKEN: 'ntn_sandbox',
        OPENAI_BASE_URL: `http://127.0.0.1:${sandboxPorts.openAi}/v1`,
        OPENAI_API_KEY: 'sk-sandbox',
        GITHUB_REPO_URL: `http://127.0.0.1:${sandboxPorts.git}/docs.git`,
        GITHUB_TOKEN: 'git_sandbox',
        APP_CONFIG_manualPublish_translator: 'pseudo',
      },
      stdio: ['ignore', log, log],
    },
  );
  return { child, url: `http://localhost:${port}` };
}

export async function signIn(url) {
  const response = await fetch(`${url}/api/auth/guest/refresh`, {
    method: 'POST',
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await response.json();
  return { Authorization: `Bearer ${backstageIdentity.token}` };
}

/** The guest may publish as soon as the catalog has read of which groups it is. */
export async function untilGuestMayPublish(url, child) {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const known = await signIn(url)
      .then(headers =>
        fetch(`${url}/api/catalog/entities/by-name/user/default/guest`, {
          headers,
        }),
      )
      .then(response => response.ok)
      .catch(() => false);
    if (known) return;
    await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error('the portal did not become ready');
}

async function answerOf(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return text;
}

/** Asks for a job, and answers it as it is at its end. */
export async function publish(url, solution, languages) {
  const api = `${url}/api/manual-publish`;
  const headers = await signIn(url);
  const { job_id: id } = JSON.parse(
    await answerOf(
      await fetch(`${api}/publish`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({
          notion_page_id: solution.root_page_id,
          selected_solution: solution.name,
          target_languages: languages,
        }),
      }),
    ),
  );
  await answerOf(await fetch(`${api}/watch/${id}`, { headers })); // it ends with the job
  return JSON.parse(
    await answerOf(await fetch(`${api}/jobs/${id}`, { headers })),
  );
}

export async function solutionsOf(url) {
  const { solutions } = JSON.parse(
    await answerOf(
      await fetch(`${url}/api/manual-publish/sidebar`, {
        headers: await signIn(url),
      }),
    ),
  );
  return solutions;
}

/** All pages of a solution. */
async function pagesOf(url, solution) {
  const name = encodeURIComponent(solution.name);
  const { manuals } = JSON.parse(
    await answerOf(
      await fetch(
        `${url}/api/manual-publish/manuals?selected_solution=${name}`,
        { headers: await signIn(url) },
      ),
    ),
  );
  return manuals;
}

/** Runs something beside a portal that can publish; nothing is left running then. */
export async function withPublishing(env, dataDir, use) {
  const logFile = path.join(dataDir, 'portal.log');
  const log = openSync(logFile, 'w');
  const ports = {
    notion: await freePort(),
    openAi: await freePort(),
    git: await freePort(),
  };
  const sandbox = startSandbox(
    {
      ports: {
        HERALD_SANDBOX_NOTION_PORT: String(ports.notion),
        HERALD_SANDBOX_OPENAI_PORT: String(ports.openAi),
        HERALD_SANDBOX_GIT_PORT: String(ports.git),
      },
    },
    env,
    dataDir,
    log,
  );
  const portal = await startPortal(env, dataDir, ports, log);
  closeSync(log);
  try {
    const sandboxEnded = new Promise((_, reject) => {
      sandbox.child.on('exit', code =>
        reject(new Error(`the sandbox ended with ${code}`)),
      );
    });
    await Promise.race([
      sandboxEnded,
      Promise.all([
        sandbox.ready,
        untilGuestMayPublish(portal.url, portal.child),
      ]),
    ]);
    sandboxEnded.catch(() => {}); // at the end it is meant to
    return await use({
      gitPort: ports.git,
      notionUrl: `http://127.0.0.1:${ports.notion}`,
      solutions: await solutionsOf(portal.url),
      publish: (solution, languages) =>
        publish(portal.url, solution, languages),
      pagesOf: solution => pagesOf(portal.url, solution),
    });
  } catch (error) {
    process.stderr.write(readFileSync(logFile, 'utf8').slice(-5_000));
    throw error;
  } finally {
    await Promise.all([portal.child, sandbox.child].map(stopGroup));
  }
}
