import { LoggerService } from '@backstage/backend-plugin-api';
import { durationToMilliseconds } from '@backstage/types';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { KEPT_TO_THE_END, OwnDirectory, STALE_MS, USED } from './OwnDirectory';
import { LockWatch } from './LockWatch';
import { PRIVATE, makePrivate } from './makePrivate';

type ClaimOptions = {
  logger: Pick<LoggerService, 'info' | 'warn' | 'error'>;
  now?: () => Date;
  /** Of this machine, as others that share the disk see it. */
  host?: string;
};

const TRY_EVERY_MS = 500;
/** A lock may say that it was renewed up to a second later than it was. */
const AHEAD_MS = 1_000;
/** Directories of processes that are no more, where as many do not run any more. */
const KEPT_MS = durationToMilliseconds({ days: 7 });
const OWN = /^process-(\d+)$/;

/**
 * A directory for this process alone: the configured one, or a folder in it where another process has that already. Who comes after one
 * that was killed waits for its directory, as the mirror and the worktrees in it are worth more than some seconds.
 */
export async function claimWorkDir(
  workDir: string,
  options: ClaimOptions,
): Promise<OwnDirectory> {
  await makePrivate(workDir);
  const { logger } = options;
  const watch = new LockWatch(options.host ?? hostname());
  for (let waitedMs = 0; ; waitedMs += TRY_EVERY_MS) {
    const known = [workDir, ...(await foldersIn(workDir))];
    for (const directory of known) {
      const claimed = await OwnDirectory.take(directory, {
        ...options,
        isAbandoned: lock => watch.isAbandoned(directory, lock),
      });
      if (!claimed) continue;
      await sweep(known, claimed, options);
      return claimed;
    }
    if (waitedMs > STALE_MS + AHEAD_MS) {
      const last = OWN.exec(path.basename(known[known.length - 1]))?.[1] ?? 1;
      const folder = path.join(workDir, `process-${Number(last) + 1}`);
      logger.info(
        `Another process uses ${workDir}; this one has ${folder} for its mirror and worktrees`,
      );
      await mkdir(folder, { recursive: true, mode: PRIVATE });
    }
    await delay(TRY_EVERY_MS);
  }
}

/** Removes folders that no process has had for long. */
async function sweep(
  known: readonly string[],
  own: OwnDirectory,
  options: ClaimOptions,
): Promise<void> {
  const before = (options.now?.() ?? new Date()).getTime() - KEPT_MS;
  const others = known.slice(1).filter(directory => directory !== own.path);
  for (const directory of others) {
    const used = await stat(path.join(directory, USED)).catch(() => undefined);
    if (!used || used.mtimeMs > before) continue;
    const claimed = await OwnDirectory.take(directory, {
      ...options,
      // No two clocks differ by that much, and a process that is alive renews its lock every few seconds.
      isAbandoned: ({ renewedAt }) => renewedAt.getTime() < before,
    });
    if (!claimed) continue;
    await removeOwn(claimed);
    options.logger.info(`Removed ${directory}, which no process uses`);
  }
}

/** Whoever takes it once the lock is gone keeps it: what is not empty is not removed then. */
async function removeOwn(own: OwnDirectory): Promise<void> {
  for (const name of await readdir(own.path)) {
    if (KEPT_TO_THE_END.includes(name)) continue;
    await rm(path.join(own.path, name), { recursive: true, force: true });
  }
  await own.forget();
  await rmdir(own.path).catch(() => undefined);
}

async function foldersIn(workDir: string): Promise<string[]> {
  const numbers = (await readdir(workDir)).flatMap(name => {
    const number = OWN.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers
    .sort((a, b) => a - b)
    .map(number => path.join(workDir, `process-${number}`));
}
