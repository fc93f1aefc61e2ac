// A copy of the workspace for one plugin to be built in. The commands that bundle rewrite package.json and dist for as long as
// they run; in a copy they cannot be seen by whoever works in the repository, and several run side by side.
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { run } from '../processes.mjs';
import { SetupError, root } from '../toolchain.mjs';
import { MADE, ROOT_FILES, SCRIPTS, workspaces } from './plugins.mjs';

export const workDir = path.join(root, '.build', 'dynamic');

const installState = path.join('.yarn', 'install-state.gz');

function copyWorkspace(stage, folder, isLeftOut) {
  const source = path.join(root, folder);
  cpSync(source, path.join(stage, folder), {
    recursive: true,
    filter: file => file === source || !isLeftOut(file),
  });
  const modules = path.join(source, 'node_modules');
  if (existsSync(modules)) {
    symlinkSync(modules, path.join(stage, folder, 'node_modules'));
  }
}

const isMade = file => MADE.has(path.basename(file));

/** Does something in a copy of the workspace, and removes the copy. */
export async function withStage(doWith, isLeftOut = isMade) {
  if (!existsSync(path.join(root, installState))) {
    throw new SetupError(
      'the dependencies are not installed; run `node scripts/herald.mjs setup` first',
    );
  }
  mkdirSync(workDir, { recursive: true });
  const stage = mkdtempSync(path.join(workDir, 'workspace-'));
  const remove = () =>
    rmSync(stage, { recursive: true, force: true, maxRetries: 3 });
  process.once('exit', remove); // Ctrl-C leaves no time for the rest
  try {
    for (const file of [...ROOT_FILES, installState]) {
      mkdirSync(path.dirname(path.join(stage, file)), { recursive: true });
      copyFileSync(path.join(root, file), path.join(stage, file));
    }
    symlinkSync(
      path.join(root, 'node_modules'),
      path.join(stage, 'node_modules'),
    );
    for (const folder of SCRIPTS) copyWorkspace(stage, folder, isLeftOut);
    for (const { folder } of workspaces()) {
      copyWorkspace(stage, folder, isLeftOut);
    }
    return await doWith(stage);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

const WORDS_OF_A_LOG = 25;

/** Runs a command whose words matter only when it fails. */
export async function runQuietly(what, command, args, { cwd, env, log }) {
  mkdirSync(path.dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  let code;
  try {
    code = await run(command, args, {
      cwd,
      env: { ...env, FORCE_COLOR: '0' },
      stdio: ['ignore', output, output],
    });
  } finally {
    closeSync(output);
  }
  if (code !== 0) {
    const words = readFileSync(log, 'utf8').trim().split('\n');
    throw new SetupError(
      `${what} failed; all that was said is in ${path.relative(
        root,
        log,
      )}:\n${words.slice(-WORDS_OF_A_LOG).join('\n')}`,
    );
  }
}
