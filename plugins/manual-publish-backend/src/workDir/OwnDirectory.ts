import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import {
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { z } from 'zod';

/** How long a process that was killed keeps its directory. The same for all of them, or two could have one. */
export const STALE_MS = 10_000;
/** A lock that was renewed within this time is relied upon. */
const RELIABLE_MS = 8_000;
const LOOK_AGAIN_MS = 50;
const NEVER_MS = durationToMilliseconds({ years: 100 });
export const USED = 'used-at';
const LOCK = 'in-use.lock';
const HOLDER = 'in-use.by';

/** Another process has taken the directory, as this one gave no sign of itself for long: nothing may be done in it any more. */
export class WorkDirLost extends Error {
  override readonly name = 'WorkDirLost';
}

const holder = z.object({ host: z.string(), token: z.string() });

type Options = {
  logger: Pick<LoggerService, 'info' | 'warn' | 'error'>;
  now?: () => Date;
  /** Of this machine, as others that share the disk see it. */
  host?: string;
};

/** A directory that no other process uses meanwhile. */
export class OwnDirectory {
  readonly path: string;
  readonly #token: string;
  readonly #logger: Options['logger'];
  readonly #lost = new AbortController();
  /** Ends the renewing, too. */
  #unlock = async (): Promise<void> => undefined;
  #isLockOurs = true;

  /**
   * Takes it, if nobody has it. A lock that is there counts as left behind only where `isAbandoned` says so.
   *
   * @returns undefined where another process has it, or it is gone
   */
  static async take(
    directory: string,
    options: Options & { isAbandoned: (lock: HeldLock) => boolean },
  ): Promise<OwnDirectory | undefined> {
    const { logger, now = () => new Date(), host = hostname() } = options;
    const held = await heldLock(directory);
    if (held && !options.isAbandoned(held)) return undefined;
    const token = randomUUID();
    const own = new OwnDirectory(directory, token, logger);
    try {
      if (held) await rmdir(path.join(directory, LOCK));
      own.#unlock = await lock(directory, {
        lockfilePath: path.join(directory, LOCK),
        // The library judges by this machine's clock, which the lock of another need not follow: it is not to judge at all.
        stale: NEVER_MS,
        update: STALE_MS / 2,
        onCompromised: error => own.#lose(error.message),
        fs: {
          ...fs,
          rmdir: (lockfile: string, done: fs.NoParamCallback) =>
            own.#isLockOurs ? fs.rmdir(lockfile, done) : done(null),
        },
      });
      // Written whole or not at all: whoever reads it decides by it.
      const unfinished = path.join(directory, `${HOLDER}-${token}`);
      await writeFile(unfinished, JSON.stringify({ host, token }));
      await rename(unfinished, path.join(directory, HOLDER));
      const used = path.join(directory, USED);
      await writeFile(used, '');
      await utimes(used, now(), now());
      return own;
    } catch (error) {
      await own.#unlock().catch(() => undefined);
      const code = isError(error) ? error.code : undefined;
      if (code === 'ELOCKED' || code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private constructor(
    directory: string,
    token: string,
    logger: Options['logger'],
  ) {
    this.path = directory;
    this.#token = token;
    this.#logger = logger;
  }

  /** Aborted with `WorkDirLost`. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * To be asked before anything is done in it: a process that was stopped for a while, as a machine is that sleeps, does not know yet that
   * another has its directory. Waits where the lock is old, and gives up where it is not renewed.
   *
   * @throws WorkDirLost
   */
  async demand(): Promise<void> {
    for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
      this.lost.throwIfAborted();
      const held = await heldLock(this.path).catch(
        // A disk that does not answer for a moment says nothing of who has it.
        (error: unknown) => ({ unreadable: error }),
      );
      if (held && 'unreadable' in held) {
        if (waitedMs > STALE_MS) {
          this.#lose(`its lock could not be read: ${held.unreadable}`);
        }
      } else if (held?.holder?.token !== this.#token) {
        this.#lose('another process has taken it');
      } else if (Date.now() - held.renewedAt.getTime() < RELIABLE_MS) {
        return;
      } else if (waitedMs > STALE_MS) {
        this.#lose('its lock could not be renewed');
      }
      await delay(LOOK_AGAIN_MS);
    }
  }

  /** Gives it back with no trace of this process. */
  async forget(): Promise<void> {
    await rm(path.join(this.path, HOLDER), { force: true });
    await this.release();
  }

  async release(): Promise<void> {
    if (this.lost.aborted) return;
    await this.#unlock().catch(error =>
      this.#logger.warn(`${this.path} could not be given back: ${error}`),
    );
  }

  #lose(why: string): void {
    if (this.lost.aborted) return;
    this.#logger.error(
      `${this.path} is not this process' own any more: ${why}`,
    );
    // Whoever has it now keeps the lock; nobody could take it while this process went on renewing that.
    this.#isLockOurs = false;
    this.#unlock().catch(() => undefined);
    this.#lost.abort(
      new WorkDirLost(`${this.path} was lost while it was worked in`),
    );
  }
}

export type HeldLock = {
  /** By the clock of the machine that holds it. */
  readonly renewedAt: Date;
  /** Undefined where it does not say so yet. */
  readonly holder: z.infer<typeof holder> | undefined;
};

/** The lock of a directory; undefined where there is none. Fails where that cannot be told. */
export async function heldLock(
  directory: string,
): Promise<HeldLock | undefined> {
  const found = await stat(path.join(directory, LOCK)).catch(ifMissing);
  if (!found) return undefined;
  const written = await readFile(path.join(directory, HOLDER), 'utf8').catch(
    ifMissing,
  );
  return { renewedAt: found.mtime, holder: readHolder(written) };
}

function ifMissing(error: unknown): undefined {
  if (isError(error) && error.code === 'ENOENT') return undefined;
  throw error;
}

function readHolder(written: string | undefined): HeldLock['holder'] {
  try {
    return written === undefined
      ? undefined
      : holder.parse(JSON.parse(written));
  } catch {
    return undefined;
  }
}

/** What is in a directory beside the work that is done in it: it goes last. */
export const KEPT_TO_THE_END: readonly string[] = [LOCK, HOLDER];
