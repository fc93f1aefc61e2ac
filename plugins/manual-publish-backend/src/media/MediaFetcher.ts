import type { BlockObjectResponse } from '@notionhq/client';
import { isError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { MediaReference } from '../export/ConversionContext';
import { mediumOf } from '../export/mediaReference';
import { Download, Downloader } from './download';
import { MediaStore, StoredMedium } from './MediaStore';
import { mediaType } from './mediaType';

/** A medium with a copy of its own: `file` is its path, and named by its content. */
export type FetchedMedia = StoredMedium & { readonly file: string };

/** Why there is no copy. */
export type MediaFailure = {
  readonly reason: 'too-large' | 'wrong-type' | 'gone' | 'unreachable';
  /** For people, in English; a sentence about "it". */
  readonly message: string;
};

export type FetchOptions = {
  readonly signal: AbortSignal;
  /** The block again, with fresh URLs, such as `ManualSource.refreshBlock`. */
  readonly refresh?: (
    blockId: string,
  ) => Promise<BlockObjectResponse | undefined>;
  /** What is published of it already: on a disk that is new, nothing is downloaded again. */
  readonly published?: (medium: StoredMedium) => Promise<Buffer | undefined>;
};

export type MediaFetcherOptions = {
  store: MediaStore;
  cacheDir: string;
  maxBytes?: number;
  timeoutMs?: number;
  /** Hosts (with or without port) that media may come from although they are on a private network. */
  allowedPrivateHosts?: readonly string[];
  concurrency?: number;
  now?: () => Date;
  /** How long to wait before the first of the tries again; each further wait is twice as long. */
  firstPauseMs?: number;
};

/** Ends the names of files that are being written. */
const PART = '.part';
const MOST_REFRESHES = 2;
const MOST_TRIES = 3;
const FAILURE_REASONS = {
  gone: 'gone',
  expired: 'gone',
  'too-large': 'too-large',
  refused: 'unreachable',
  unreachable: 'unreachable',
} as const;

/** Media as files of our own, since Notion's addresses are good for an hour. None is downloaded twice. */
export class MediaFetcher {
  readonly #store: MediaStore;
  readonly #cacheDir: string;
  readonly #downloader: Downloader;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #now: () => Date;
  readonly #firstPauseMs: number;
  readonly #underWay = new Map<string, Promise<FetchedMedia | MediaFailure>>();

  constructor(options: MediaFetcherOptions) {
    this.#store = options.store;
    this.#cacheDir = options.cacheDir;
    this.#now = options.now ?? (() => new Date());
    this.#firstPauseMs = options.firstPauseMs ?? 500;
    this.#limit = pLimit(options.concurrency ?? 4);
    this.#downloader = new Downloader({
      maxBytes: options.maxBytes ?? 20 * 1024 * 1024,
      timeoutMs: options.timeoutMs ?? durationToMilliseconds({ minutes: 1 }),
      allowedPrivateHosts: options.allowedPrivateHosts ?? [],
    });
  }

  /** Fails only where the signal ends it, or where the cache cannot be written. */
  async fetch(
    reference: MediaReference,
    options: FetchOptions,
  ): Promise<FetchedMedia | MediaFailure> {
    const mediumId = idOf(reference);
    const underWay = this.#underWay.get(mediumId);
    if (underWay) {
      try {
        return await underWay;
      } catch {
        // Whoever began has given up, perhaps by their signal.
        options.signal.throwIfAborted();
        return this.fetch(reference, options);
      }
    }
    const fetching = this.#limit(() =>
      this.#fetch(mediumId, reference, options),
    ).finally(() => this.#underWay.delete(mediumId));
    this.#underWay.set(mediumId, fetching);
    return fetching;
  }

  /** Forgets what no replica has used since then. */
  async forget(unusedSince: Date): Promise<void> {
    await this.#store.dropUnusedSince(unusedSince);
  }

  /**
   * Removes files of this machine that are of no use: their media were forgotten, here or by another replica, or their downloads were
   * cut short.
   *
   * @param before - younger ones are left: what a file is may not have been written down yet
   */
  async sweep(before: Date): Promise<void> {
    const files = await this.#filesBefore(before);
    const hashes = new Set(files.map(hashOf));
    const known = await this.#store.knownHashes([...hashes]);
    for (const file of files) {
      if (file.endsWith(PART) || !known.has(hashOf(file))) {
        await rm(file, { force: true });
      }
    }
  }

  async #filesBefore(moment: Date): Promise<string[]> {
    const entries = await readdir(this.#cacheDir, {
      recursive: true,
      withFileTypes: true,
    }).catch(error => {
      // Nothing was downloaded yet.
      if (isError(error) && error.code === 'ENOENT') return [];
      throw error;
    });
    const old: string[] = [];
    for (const entry of entries) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      const found = await stat(file).catch(() => undefined);
      if (found && found.mtime < moment) old.push(file);
    }
    return old;
  }

  async close(): Promise<void> {
    await this.#downloader.close();
  }

  async #fetch(
    mediumId: string,
    reference: MediaReference,
    options: FetchOptions,
  ): Promise<FetchedMedia | MediaFailure> {
    options.signal.throwIfAborted();
    const stored = await this.#store.find(mediumId, this.#now());
    if (stored && (await this.#isCached(stored))) {
      return { ...stored, file: this.#fileOf(stored) };
    }
    const published = stored && (await options.published?.(stored));
    // People may have changed what is in the repository.
    if (stored && published && hashOfBytes(published) === stored.hash) {
      await this.#write(stored, published);
      return { ...stored, file: this.#fileOf(stored) };
    }
    const download = await this.#download(reference, options);
    if (download.outcome !== 'bytes') {
      const { outcome, message } = download;
      return { reason: FAILURE_REASONS[outcome], message };
    }
    const { bytes } = download;
    const type = await mediaType(bytes, reference);
    if (typeof type === 'string') {
      return { reason: 'wrong-type', message: type };
    }
    const hash = hashOfBytes(bytes);
    const medium: StoredMedium = { hash, bytes: bytes.length, ...type };
    await this.#write(medium, bytes);
    await this.#store.save(mediumId, reference.blockId, medium, this.#now());
    return { ...medium, file: this.#fileOf(medium) };
  }

  async #download(
    { url, blockId }: MediaReference,
    { signal, refresh }: FetchOptions,
  ): Promise<Download> {
    let address = url;
    let refreshes = 0;
    let tries = 0;
    for (;;) {
      const download = await this.#downloader.get(address, signal);
      if (download.outcome === 'expired') {
        if (!refresh || refreshes === MOST_REFRESHES) return download;
        refreshes += 1;
        const block = await refresh(blockId);
        const fresh = block && mediumOf(block)?.reference.url;
        if (fresh === undefined) {
          return {
            outcome: 'gone',
            message: 'Its block is not there any more',
          };
        }
        address = fresh;
      } else if (download.outcome === 'unreachable') {
        tries += 1;
        if (tries === MOST_TRIES) return download;
        await delay(this.#firstPauseMs * 2 ** (tries - 1), undefined, {
          signal,
        });
      } else return download;
    }
  }

  async #isCached(medium: StoredMedium): Promise<boolean> {
    try {
      return (await stat(this.#fileOf(medium))).size === medium.bytes;
    } catch {
      // Another replica downloaded it, or somebody cleared the cache.
      return false;
    }
  }

  /** Readers find all of a file, or none. */
  async #write(medium: StoredMedium, bytes: Buffer): Promise<void> {
    const file = this.#fileOf(medium);
    const partial = `${file}.${randomUUID()}${PART}`;
    await mkdir(path.dirname(file), { recursive: true });
    try {
      await writeFile(partial, bytes);
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  #fileOf({ hash, extension }: StoredMedium): string {
    return path.join(this.#cacheDir, hash.slice(0, 2), `${hash}.${extension}`);
  }
}

function hashOfBytes(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** As its name has it. */
function hashOf(file: string): string {
  return path.basename(file).split('.', 1)[0];
}

export function isMediaFailure(
  media: FetchedMedia | MediaFailure,
): media is MediaFailure {
  return 'reason' in media;
}

/** Notion signs the addresses of its files anew each time; what comes before the signature stays as long as the file does. */
function idOf({ blockId, url, isHosted }: MediaReference): string {
  const lasting = isHosted ? url.replace(/[?#].*$/s, '') : url;
  return createHash('sha256').update(`${blockId}\n${lasting}`).digest('hex');
}
