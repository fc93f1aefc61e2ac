// Runs what packages/backend/Dockerfile puts into the image, outside a container: the same archives, the same
// commands, the production configuration, a real PostgreSQL, and an identity provider that only has to exist.
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { run, startGroup, stopGroup, stopOnSignals } from './processes.mjs';
import { root, say } from './toolchain.mjs';

const STARTS_WITHIN_MS = 60_000;
const backend = path.join(root, 'packages', 'backend');
const dist = path.join(backend, 'dist');
const logFile = path.join(root, '.build', 'production.log');
const requireOfBackend = createRequire(path.join(backend, 'package.json'));

async function must(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}`);
}

/** The layers of the Dockerfile. */
async function unpackImage(app, env) {
  const copy = (...files) => {
    for (const file of files) {
      cpSync(path.join(root, file), path.join(app, path.basename(file)));
    }
  };
  const inside = { cwd: app, env: { ...env, NODE_ENV: 'production' } };
  copy('.yarnrc.yml', 'backstage.json', 'package.json', 'yarn.lock');
  await must('tar', ['xzf', path.join(dist, 'skeleton.tar.gz')], inside);
  await must('yarn', ['workspaces', 'focus', '--all', '--production'], inside);
  copy('app-config.production.yaml', 'users.yaml');
  await must('tar', ['xzf', path.join(dist, 'bundle.tar.gz')], inside);
}

/** A portal that starts for the first time. */
async function dropDatabases({ connectionString }) {
  const { Client } = requireOfBackend('pg');
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(
    "SELECT datname FROM pg_database WHERE datname LIKE 'backstage\\_plugin\\_%'",
  );
  for (const { datname } of rows) {
    await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
  }
  await client.end();
}

/** Answers what an OpenID Connect provider answers when it is asked who it is. */
async function startIdentityProvider() {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(
      JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    );
  });
  await new Promise(resolve => server.listen(port, '127.0.0.1', resolve));
  return { url: `${issuer}/metadata`, stop: () => server.close() };
}

async function untilReady(url, portal) {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline && portal.exitCode === null) {
    const ready = await fetch(`${url}/.backstage/health/v1/readiness`)
      .then(response => response.ok)
      .catch(() => false);
    if (ready) return;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Error('the production portal did not become ready');
}

async function expectAnswer(what, url, options, isRight) {
  const response = await fetch(url, { redirect: 'manual', ...options });
  const body = await response.text();
  if (!isRight(response, body)) {
    throw new Error(`${what}: ${response.status} ${body.slice(0, 300)}`);
  }
  say(`${what}: ${response.status}, as it should be`);
}

async function expectPortal(url) {
  await expectAnswer(
    'the page',
    url,
    {},
    ({ status }, body) => status === 200 && body.includes('<div id="root">'),
  );
  const send = headers => ({
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ title: 'Out of the box', origin: 'ci' }),
  });
  const notifications = `${url}/api/notifications/notifications`;
  await expectAnswer(
    "sending with the development configuration's secret",
    notifications,
    send({ 'notifications-secret': 'herald-dev-secret' }),
    ({ status }) => status === 401,
  );
  await expectAnswer(
    'sending with the secret',
    notifications,
    send({ 'notifications-secret': 'a-secret-of-production' }),
    ({ status }) => status === 200,
  );
  await expectAnswer(
    'guest sign-in',
    `${url}/api/auth/guest/refresh`,
    { method: 'POST', headers: { 'X-Requested-With': 'XMLHttpRequest' } },
    ({ status }) => status === 404,
  );
  await expectAnswer(
    'sign-in goes to the identity provider',
    `${url}/api/auth/oidc/start?env=production`,
    {},
    ({ status, headers }) =>
      status === 302 && headers.get('location').includes('/authorize?'),
  );
}

export async function proveBundle(env) {
  stopOnSignals();
  const app = mkdtempSync(path.join(tmpdir(), 'herald-image-'));
  const postgres = await startPostgres();
  const identityProvider = await startIdentityProvider();
  let portal;
  try {
    await unpackImage(app, env);
    await dropDatabases(postgres);
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const log = openSync(logFile, 'w');
    portal = startGroup(
      'node',
      ['packages/backend', '--config', 'app-config.production.yaml'],
      {
        cwd: app,
        stdio: ['ignore', log, log],
        env: {
          ...env,
          NODE_ENV: 'production',
          HERALD_BASE_URL: url,
          HERALD_PORT: String(port),
          BACKEND_SECRET: 'only-for-this-run',
          NOTIFICATIONS_SECRET: 'a-secret-of-production',
          POSTGRES_HOST: postgres.host,
          POSTGRES_PORT: String(postgres.port),
          POSTGRES_USER: postgres.user,
          POSTGRES_PASSWORD: postgres.password,
          OIDC_METADATA_URL: identityProvider.url,
          OIDC_CLIENT_ID: 'herald',
          OIDC_CLIENT_SECRET: 'only-for-this-run',
        },
      },
    );
    closeSync(log);
    await untilReady(url, portal);
    await expectPortal(url);
  } catch (error) {
    if (portal)
      process.stderr.write(readFileSync(logFile, 'utf8').slice(-5_000));
    throw error;
  } finally {
    if (portal) await stopGroup(portal);
    identityProvider.stop();
    await postgres.stop();
    rmSync(app, { recursive: true, force: true });
  }
}
