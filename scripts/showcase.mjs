// `yarn showcase`: exports the plugins, extracts the archives beside a portal that holds none of them, and runs it until Ctrl-C.
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundlePlugins } from './dynamic/bundlePlugins.mjs';
import { dynamicPlugins } from './dynamic/plugins.mjs';
import { freePort, isPortFree } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { stopGroup, stopOnSignals } from './processes.mjs';
import { planSandbox, startSandbox } from './sandbox.mjs';
import { extractArchive, folderOf } from './showcase/extractArchives.mjs';
import { pluginsOf, prepareHome } from './showcase/home.mjs';
import { ensurePage } from './showcase/pageBuild.mjs';
import { startShowcase } from './showcase/portal.mjs';
import { SetupError, root, say } from './toolchain.mjs';

const STANDARD_PORT = 7107;
const home = path.join(root, '.build', 'showcase');
const USAGE = `usage: yarn showcase [--only <plugin id or folder>]… [--postgres | --postgres-url <postgres://…>]`;

function optionsFrom(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        only: { type: 'string', multiple: true },
        postgres: { type: 'boolean' },
        'postgres-url': { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new SetupError(`${error.message}\n${USAGE}`);
  }
}

async function choosePort() {
  const written = process.env.HERALD_SHOWCASE_PORT;
  if (!written) {
    return (await isPortFree(STANDARD_PORT)) ? STANDARD_PORT : freePort();
  }
  const port = Number(written);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new SetupError(
      `HERALD_SHOWCASE_PORT must be a port number, not "${written}"`,
    );
  }
  if (!(await isPortFree(port))) {
    throw new SetupError(
      `port ${port} is taken by another program. Stop it, or set HERALD_SHOWCASE_PORT to another one.`,
    );
  }
  return port;
}

/** Archives of this run alone, beside whatever somebody else has extracted. */
async function fillPlugins(archives) {
  const to = pluginsOf(home);
  for (const { name } of dynamicPlugins()) {
    rmSync(path.join(to, folderOf(name)), { recursive: true, force: true });
  }
  for (const archive of archives) await extractArchive(archive, to);
}

const megabytes = bytes => `${(bytes / 1e6).toFixed(1)} MB`;

/** Where a start lets people wait. */
function stopwatch() {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  return what => say(`${what}, after ${seconds()}`);
}

async function databaseOf(values) {
  if (values['postgres-url']) return values['postgres-url'];
  return values.postgres ? (await startPostgres()).connectionString : undefined;
}

export async function showcase(env, args) {
  const values = optionsFrom(args);
  const lap = stopwatch();
  stopOnSignals(() => say('stopping'));
  const port = await choosePort();
  prepareHome(home);
  const [archives] = await Promise.all([
    bundlePlugins({
      out: path.join(home, 'archives'),
      only: values.only,
      env,
    }),
    ensurePage(env),
  ]);
  for (const { file, bytes } of archives) {
    say(`${path.relative(root, file)}: ${megabytes(bytes)}`);
  }
  lap('the archives and the page of the portal are there');
  await fillPlugins(archives);
  lap(`extracted into ${path.relative(root, pluginsOf(home))}`);

  const dataDir = path.resolve(
    process.env.HERALD_DATA_DIR ?? path.join(root, '.data', 'showcase'),
  );
  mkdirSync(dataDir, { recursive: true });
  const log = openSync(path.join(home, 'sandbox.log'), 'w');
  const plan = await planSandbox();
  const sandbox =
    plan.names.length > 0 && startSandbox(plan, env, dataDir, log);
  closeSync(log);
  const portal = await startShowcase(env, {
    home,
    port,
    dataDir,
    postgres: await databaseOf(values),
    environment: plan.portalEnv,
  });
  await (sandbox && sandbox.ready);
  await (await fetch(`${portal.url}/notifications`)).text();
  lap('the first page');
  say(`it logs to ${path.relative(root, portal.logFile)}; Ctrl-C stops it`);
  process.stdout.write(`${portal.url}\n`);
  const code = await new Promise(resolve => portal.child.on('exit', resolve));
  if (sandbox) await stopGroup(sandbox.child);
  throw new SetupError(
    `the portal ended with code ${code}; see ${path.relative(
      root,
      portal.logFile,
    )}`,
  );
}
