// The stand-ins for Notion, OpenAI and the docs repository that `npm start` runs beside the portal: packages/sandbox.
import { createInterface } from 'node:readline';
import path from 'node:path';
import { freePort, isPortFree } from './ports.mjs';
import { startGroup } from './processes.mjs';
import { root, say } from './toolchain.mjs';

const LATENCY_MS = 40; // enough to see progress

/**
 * What app-config.yaml reads. Each is the stand-in unless its address is set, and then has the stand-in's own key: so a key that
 * happens to be in somebody's environment neither costs money nor goes where it does not belong.
 */
const PARTS = [
  {
    name: 'Notion',
    address: 'NOTION_BASE_URL',
    secret: 'NOTION_TOKEN',
    key: 'ntn_sandbox',
    portVariable: 'HERALD_SANDBOX_NOTION_PORT',
    port: 7020,
    url: origin => origin,
    real: 'https://api.notion.com',
  },
  {
    name: 'OpenAI',
    address: 'OPENAI_BASE_URL',
    secret: 'OPENAI_API_KEY',
    key: 'sk-sandbox',
    portVariable: 'HERALD_SANDBOX_OPENAI_PORT',
    port: 7021,
    url: origin => `${origin}/v1`,
    real: 'https://api.openai.com/v1',
  },
  {
    name: 'the docs repository',
    address: 'GITHUB_REPO_URL',
    secret: 'GITHUB_TOKEN',
    key: 'git_sandbox',
    portVariable: 'HERALD_SANDBOX_GIT_PORT',
    port: 7022,
    url: origin => `${origin}/docs.git`,
    real: 'the URL of the repository',
  },
];

/** Another program may have the usual port, a second portal for instance; nobody but us has to know the one that is taken. */
async function portFor(part) {
  if (process.env[part.portVariable]) return process.env[part.portVariable];
  return (await isPortFree(part.port)) ? part.port : freePort();
}

/** What is stood in for, and the variables that tell the portal so. */
export async function planSandbox() {
  const standIns = PARTS.filter(part => !process.env[part.address]);
  const ports = {};
  const portalEnv = {};
  for (const part of standIns) {
    const port = await portFor(part);
    ports[part.portVariable] = String(port);
    portalEnv[part.address] = part.url(`http://127.0.0.1:${port}`);
    portalEnv[part.secret] = part.key;
    if (process.env[part.secret]) {
      say(
        `${part.secret} is not used: ${part.name} is a stand-in unless ${part.address} is set, to ${part.real}`,
      );
    }
  }
  // Whoever brings a translator wants it used; text that is only decorated says by itself that nobody has translated it.
  if (process.env.OPENAI_BASE_URL && !process.env.MANUAL_TRANSLATOR) {
    portalEnv.MANUAL_TRANSLATOR = 'openai';
  }
  return { names: standIns.map(part => part.name), ports, portalEnv };
}

/** `ready` resolves when all of it answers, and never when it ends before. */
export function startSandbox(plan, env, dataDir, log) {
  const child = startGroup(
    'node',
    [
      '--require',
      '@backstage/cli/config/nodeTransform.cjs',
      path.join('packages', 'sandbox', 'src', 'main.ts'),
    ],
    {
      cwd: root,
      env: {
        ...env,
        ...plan.ports,
        HERALD_SANDBOX_GIT_DIR: path.join(dataDir, 'sandbox'),
        HERALD_SANDBOX_LATENCY_MS: String(LATENCY_MS),
      },
      stdio: ['ignore', 'pipe', log],
    },
  );
  const ready = new Promise(resolve => {
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('ready')) resolve();
    });
  });
  return { child, ready };
}
