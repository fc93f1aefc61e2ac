// `npm start`: the portal for development, backend and frontend, with stand-ins for what it talks to, until Ctrl-C.
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, isPortFree } from './ports.mjs';
import { startGroup, stopGroup, stopOnSignals } from './processes.mjs';
import { planSandbox, startSandbox } from './sandbox.mjs';
import { SetupError, root, say } from './toolchain.mjs';

const LOOK_EVERY_MS = 250;
const STARTS_WITHIN_MS = 5 * 60_000;
const DEFAULT_PORTS = { app: 3000, backend: 7007 };

function portOf(variable, standard) {
  const written = process.env[variable];
  if (!written) return standard;
  const port = Number(written);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new SetupError(`${variable} must be a port number, not "${written}"`);
  }
  return port;
}

async function nextFreePort(taken) {
  for (let port = taken + 1; port < taken + 100; port += 1) {
    if (await isPortFree(port)) return port;
  }
  return freePort();
}

async function choosePorts() {
  const ports = {
    app: portOf('HERALD_APP_PORT', DEFAULT_PORTS.app),
    backend: portOf('HERALD_BACKEND_PORT', DEFAULT_PORTS.backend),
  };
  const taken = [];
  if (!(await isPortFree(ports.app))) taken.push(`${ports.app} (frontend)`);
  if (!(await isPortFree(ports.backend))) {
    taken.push(`${ports.backend} (backend)`);
  }
  if (taken.length > 0) {
    const app = await nextFreePort(ports.app);
    const backend = await nextFreePort(ports.backend);
    throw new SetupError(
      `port ${taken.join(' and ')} is taken by another program.\n` +
        'Stop that program, or choose other ports:\n' +
        `  HERALD_APP_PORT=${app} HERALD_BACKEND_PORT=${backend} npm start`,
    );
  }
  return ports;
}

/** SQLite serves one process, so a second portal has databases of its own. */
function dataDirectory(ports) {
  const standard = path.join(root, '.data');
  if (process.env.HERALD_DATA_DIR) {
    return path.resolve(process.env.HERALD_DATA_DIR);
  }
  return ports.backend === DEFAULT_PORTS.backend
    ? standard
    : path.join(standard, `port-${ports.backend}`);
}

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Stops asking, too, when `end` says that there is nothing left to wait for. */
async function until(condition, what, end) {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!(await condition())) {
    if (end.aborted || Date.now() > deadline) {
      throw new Error(`gave up waiting: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
  }
  say(what);
}

/** The first start reads users.yaml in the background; before that the guest has no groups and gets no messages. */
async function catalogKnowsTheGuest(backend) {
  try {
    const signIn = await fetch(`${backend}/api/auth/guest/refresh`, {
      method: 'POST',
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = await signIn.json();
    const guest = await fetch(
      `${backend}/api/catalog/entities/by-name/user/default/guest`,
      { headers: { Authorization: `Bearer ${backstageIdentity.token}` } },
    );
    return guest.ok;
  } catch {
    return false;
  }
}

function lastLines(file, count) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
}

export async function start(env, args) {
  const ports = await choosePorts();
  const dataDir = dataDirectory(ports);
  mkdirSync(dataDir, { recursive: true });
  const verbose = args.includes('--verbose');
  const logFile = path.join(dataDir, 'portal.log');
  const log = openSync(logFile, 'w');

  let isStopping = false;
  stopOnSignals(() => {
    isStopping = true;
    say('stopping');
  });
  say(`databases are in ${path.relative(root, dataDir) || dataDir}`);
  say(
    verbose
      ? 'starting backend and frontend'
      : `starting backend and frontend; they log to ${path.relative(
          root,
          logFile,
        )} (--verbose: to the terminal)`,
  );
  const output = verbose ? 'inherit' : log;
  const plan = await planSandbox();
  const sandbox =
    plan.names.length > 0 && startSandbox(plan, env, dataDir, output);
  const portal = startGroup('backstage-cli', ['repo', 'start'], {
    env: {
      ...env,
      ...plan.portalEnv,
      BROWSER: 'none',
      NODE_ENV: 'development',
      HERALD_APP_PORT: String(ports.app),
      HERALD_BACKEND_PORT: String(ports.backend),
      HERALD_DATA_DIR: dataDir,
    },
    stdio: ['ignore', output, output],
  });
  closeSync(log);

  const children = { portal, ...(sandbox && { sandbox: sandbox.child }) };
  const died = new Promise((_, reject) => {
    Object.entries(children).forEach(([name, child]) => {
      child.on('error', reject);
      child.on('exit', code => {
        // After Ctrl-C it is meant to end, and its log is of no interest.
        if (!isStopping) {
          reject(new Error(`the ${name} ended with code ${code}`));
        }
      });
    });
  });
  const failed = new AbortController();
  const app = `http://localhost:${ports.app}`;
  const backend = `http://localhost:${ports.backend}`;
  try {
    await Promise.race([
      died,
      Promise.all([
        sandbox &&
          sandbox.ready.then(() =>
            say(`publishing talks to stand-ins for ${plan.names.join(', ')}`),
          ),
        until(
          () => answers(`${backend}/.backstage/health/v1/readiness`),
          'the backend is ready',
          failed.signal,
        ).then(() =>
          until(
            () => catalogKnowsTheGuest(backend),
            'the catalog has the people of users.yaml',
            failed.signal,
          ),
        ),
        until(() => answers(app), 'the frontend is ready', failed.signal),
      ]),
    ]);
    say(`the portal is running, Ctrl-C stops it`);
    process.stdout.write(`${app}\n`);
    await died;
  } catch (error) {
    failed.abort();
    const said = verbose
      ? []
      : ['The end of its log:', ...lastLines(logFile, 30)];
    await Promise.all(Object.values(children).map(stopGroup));
    throw new SetupError([error.message, ...said].join('\n'));
  }
}
