// Child processes that never outlive us: each leads its own process group, which is ended as a whole.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './toolchain.mjs';

const GRACE_MS = 5_000;
const running = new Set();

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false; // nobody is left in the group
  }
}

/** Resolves when the group is empty; its leader may be gone before the others are. */
function groupEnds(child) {
  return new Promise(resolve => {
    const check = setInterval(() => {
      if (!signalGroup(child, 0)) {
        clearInterval(check);
        running.delete(child);
        resolve();
      }
    }, 50);
  });
}

export function startGroup(command, args, options) {
  const child = spawn(command, args, { cwd: root, detached: true, ...options });
  child.on('error', () => running.delete(child));
  if (child.pid) running.add(child);
  return child;
}

/** Runs a command to its end. Answers its exit code. */
export function run(command, args, options) {
  const child = startGroup(command, args, { stdio: 'inherit', ...options });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', async code => {
      await stopGroup(child); // what it left behind
      resolve(code ?? 1);
    });
  });
}

export async function stopGroup(child) {
  const ended = groupEnds(child);
  signalGroup(child, 'SIGTERM');
  const killer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
  await ended;
  clearTimeout(killer);
}

const PARENT_WATCH_MS = 500;

/** npm runs us in a shell that a signal ends without telling us; then our parent is another. */
function onShellGone(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    callback();
  }, PARENT_WATCH_MS);
  watch.unref();
}

/** From here on Ctrl-C ends every child first, then us. */
export function stopOnSignals(announce = () => {}) {
  let stopping = false;
  const stop = async exitCode => {
    if (stopping) return;
    stopping = true;
    announce();
    await Promise.all([...running].map(stopGroup));
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => stop(128 + constants.signals[signal]));
  }
  onShellGone(() => stop(1));
  // The last resort, for ends that leave no time to ask politely.
  process.on('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });
}
