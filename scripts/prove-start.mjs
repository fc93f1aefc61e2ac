// Runs `npm start` as a person does, twice: it must end with one URL, show the page, keep what was sent and what was pushed, and
// leave nothing behind when it is stopped by Ctrl-C.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { docsRepository, git } from './docs-repository.mjs';
import { firstUrl } from './firstUrl.mjs';
import { freePort, isPortFree } from './ports.mjs';
import { startGroup, stopOnSignals } from './processes.mjs';
import { say } from './toolchain.mjs';

function must(what, holds) {
  if (!holds) throw new Error(`npm start: ${what} does not hold`);
  say(`${what}: as it should be`);
}

async function send(backend) {
  const response = await fetch(`${backend}/api/notifications/notifications`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'notifications-secret': 'herald-dev-secret',
    },
    body: JSON.stringify({
      origin: 'proof',
      title: 'Kept',
      targetUsers: ['default/guest'],
    }),
  });
  return response.status === 200;
}

async function titlesOfGuest(backend) {
  const signedIn = await fetch(`${backend}/api/auth/guest/refresh`, {
    method: 'POST',
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  const { backstageIdentity } = await signedIn.json();
  const list = await fetch(`${backend}/api/notifications/notifications`, {
    headers: { Authorization: `Bearer ${backstageIdentity.token}` },
  });
  return (await list.json()).map(({ title }) => title);
}

function pushes(ports, dataDir) {
  const clone = path.join(dataDir, 'clone');
  const steps = [
    [dataDir, 'clone', '--quiet', docsRepository(ports.git), clone],
    [clone, 'commit', '--quiet', '--allow-empty', '--message', 'Kept'],
    [clone, 'push', '--quiet', 'origin', 'HEAD'],
  ];
  return steps.every(step => git(...step) !== undefined);
}

function wasPushed(ports, dataDir) {
  const clone = path.join(dataDir, 'clone');
  const head = git(clone, 'rev-parse', 'HEAD');
  const heads = git(clone, 'ls-remote', docsRepository(ports.git), 'develop');
  return heads !== undefined && heads.startsWith(head.trim());
}

async function isAnswered(port) {
  const response = await fetch(`http://127.0.0.1:${port}/v1/users/me`);
  return response.status === 401;
}

export async function proveStart(env) {
  stopOnSignals();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'herald-start-'));
  const ports = {
    app: await freePort(),
    backend: await freePort(),
    notion: await freePort(),
    openAi: await freePort(),
    git: await freePort(),
  };
  const backend = `http://localhost:${ports.backend}`;
  const run = async whileItRuns => {
    const started = Date.now();
    const child = startGroup('npm', ['start'], {
      env: {
        ...env,
        HERALD_APP_PORT: String(ports.app),
        HERALD_BACKEND_PORT: String(ports.backend),
        HERALD_SANDBOX_NOTION_PORT: String(ports.notion),
        HERALD_SANDBOX_OPENAI_PORT: String(ports.openAi),
        HERALD_SANDBOX_GIT_PORT: String(ports.git),
        HERALD_DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    child.stderr.on('data', chunk => {
      words += chunk;
      process.stderr.write(chunk);
    });
    const url = await firstUrl(child);
    say(`a URL after ${Math.round((Date.now() - started) / 1000)} s`);
    must('the URL', url === `http://localhost:${ports.app}`);
    const page = await fetch(`${url}/notifications`);
    must('the page', page.ok && (await page.text()).includes('id="root"'));
    must(
      'the stand-ins',
      (await isAnswered(ports.notion)) && (await isAnswered(ports.openAi)),
    );
    await whileItRuns();
    const ended = new Promise(resolve => child.on('exit', resolve));
    process.kill(-child.pid, 'SIGINT'); // what a terminal does
    await ended;
    must('a quiet end', !words.includes('The end of its log'));
    for (const port of Object.values(ports)) {
      must(`nothing left behind on ${port}`, await isPortFree(port));
    }
  };

  try {
    await run(async () => {
      must('sending', await send(backend));
      must('pushing', pushes(ports, dataDir));
    });
    await run(async () => {
      must(
        'what was sent before',
        (await titlesOfGuest(backend)).includes('Kept'),
      );
      must('what was pushed before', wasPushed(ports, dataDir));
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
