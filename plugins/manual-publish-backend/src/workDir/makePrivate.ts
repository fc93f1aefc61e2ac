import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** For its owner alone. */
export const PRIVATE = 0o700;

/**
 * Makes a directory that only this user may look into. One that is there stays as its operator made it, unless it is where everybody may
 * make one: it has to be this user's own there, as whoever owns it decides what git finds in it.
 *
 * @throws Error where it belongs to somebody else
 */
export async function makePrivate(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: PRIVATE });
  if (path.dirname(directory) !== path.resolve(tmpdir())) return;
  // Windows knows no such ids, and has a folder for temporary files for each user.
  const uid = process.getuid?.();
  if (uid !== undefined && (await lstat(directory)).uid !== uid) {
    throw new Error(
      `${directory} belongs to another user: name a directory of your own in manualPublish.workDir`,
    );
  }
  await chmod(directory, PRIVATE);
}
