import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

/** A directory that no other process uses meanwhile. */
export type OwnDirectory = {
  readonly path: string;
  release(): Promise<void>;
};

type ClaimOptions = {
  logger: Pick<LoggerService, 'info' | 'warn' | 'error'>;
  /** Another has taken the directory, as this process gave no sign of itself for long: nothing may be done in it any more. */
  onLost: (error: Error) => void;
  now?: () => Date;
};

/** How long a process that was killed keeps its directory. The same for all of them, or two could have one. */
const STALE_MS = 10_000;
const TRY_EVERY_MS = 500;
/** Directories of processes that are no more, where as many do not run any more. */
const KEPT_MS = durationToMilliseconds({ days: 7 });
const OWN = /^process-(\d+)$/;
const USED = 'used-at';

/**
 * A directory for this process alone: the configured one, or a folder in it where another process has that already. Who comes after one
 * that was killed waits for its directory, as the mirror and the worktrees in it are worth more than some seconds.
 */
export async function claimWorkDir(
  workDir: string,
  options: ClaimOptions,
): Promise<OwnDirectory> {
  await mkdir(workDir, { recursive: true });
  const { logger } = options;
  for (let waitedMs = 0; ; waitedMs += TRY_EVERY_MS) {
    const known = [workDir, ...(await foldersIn(workDir))];
    for (const directory of known) {
      const claimed = await claim(directory, options);
      if (!claimed) continue;
      await sweep(known, claimed, options);
      return claimed;
    }
    if (waitedMs > STALE_MS) {
      const last = OWN.exec(path.basename(known[known.length - 1]))?.[1] ?? 1;
      const folder = path.join(workDir, `process-${Number(last) + 1}`);
      logger.info(
        `Another process uses ${workDir}; this one has ${folder} for its mirror and worktrees`,
      );
      await mkdir(folder, { recursive: true });
    }
    await delay(TRY_EVERY_MS);
  }
}

/** Undefined where another process has it. */
async function claim(
  directory: string,
  { logger, onLost, now = () => new Date() }: ClaimOptions,
): Promise<OwnDirectory | undefined> {
  let release: () => Promise<void>;
  try {
    release = await lock(directory, {
      lockfilePath: lockOf(directory),
      stale: STALE_MS,
      onCompromised: error => {
        logger.error(
          `${directory} is not this process' own any more: ${error.message}`,
        );
        onLost(error);
      },
    });
  } catch (error) {
    if (isError(error) && error.code === 'ELOCKED') return undefined;
    throw error;
  }
  const used = path.join(directory, USED);
  await writeFile(used, '');
  await utimes(used, now(), now());
  return {
    path: directory,
    release: () =>
      release().catch(error =>
        logger.warn(`${directory} could not be given back: ${error}`),
      ),
  };
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
    const claimed = await claim(directory, options);
    if (!claimed) continue;
    // The lock goes last, and not by itself: nobody comes in between.
    for (const name of await readdir(directory)) {
      if (path.join(directory, name) === lockOf(directory)) continue;
      await rm(path.join(directory, name), { recursive: true, force: true });
    }
    await claimed.release();
    await rm(directory, { recursive: true, force: true });
    options.logger.info(`Removed ${directory}, which no process uses`);
  }
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

function lockOf(directory: string): string {
  return path.join(directory, 'in-use.lock');
}
