import { SetupError, say } from '../../toolchain.mjs';

/** Says what holds, and ends the proof with what was found where it does not. */
export function must(what, holds, found = '') {
  if (!holds) throw new SetupError(`${what}: does not hold\n${found}`);
  say(`${what}: as it should be`);
}
