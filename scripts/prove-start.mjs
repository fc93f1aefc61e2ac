// Runs `npm start` as a person does, twice: it must end with one URL, show the page, keep what was sent, and leave
// nothing behind when it is stopped by Ctrl-C.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, isPortFree } from './ports.mjs';
import { startGroup, stopOnSignals } from './processes.mjs';
import { say } from './toolchain.mjs';

/** What the command says on standard output beside what npm says of it: its answer. */
function firstUrl(child) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('http')) resolve(line);
    });
    child.on('exit', code =>
      reject(new Error(`npm start ended with ${code}, without a URL`)),
    );
  });
}

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

export async function proveStart(env) {
  stopOnSignals();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'herald-start-'));
  const ports = { app: await freePort(), backend: await freePort() };
  const backend = `http://localhost:${ports.backend}`;
  const run = async whileItRuns => {
    const started = Date.now();
    const child = startGroup('npm', ['start'], {
      env: {
        ...env,
        HERALD_APP_PORT: String(ports.app),
        HERALD_BACKEND_PORT: String(ports.backend),
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
    await whileItRuns();
    const ended = new Promise(resolve => child.on('exit', resolve));
    process.kill(-child.pid, 'SIGINT'); // what a terminal does
    await ended;
    must('a quiet end', !words.includes('The end of its log'));
    must(
      'nothing left behind',
      (await isPortFree(ports.app)) && (await isPortFree(ports.backend)),
    );
  };

  try {
    await run(async () => must('sending', await send(backend)));
    await run(async () =>
      must(
        'what was sent before',
        (await titlesOfGuest(backend)).includes('Kept'),
      ),
    );
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
