import { run } from './processes.mjs';
import { SetupError } from './toolchain.mjs';

/** `node scripts/herald.mjs exec <command>`: any command, with the repository's own Node and Yarn first in PATH. */
export async function exec(env, [command, ...args]) {
  if (!command) throw new SetupError('which command?');
  process.exitCode = await run(command, args, { env });
}
