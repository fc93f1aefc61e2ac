import type { BlockObjectResponse } from '@notionhq/client';
import { durationToMilliseconds } from '@backstage/types';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
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

  /** Forgets what has not been used since then, and deletes its files. */
  async sweep(unusedSince: Date): Promise<void> {
    for (const medium of await this.#store.dropUnusedSince(unusedSince)) {
      await rm(this.#fileOf(medium), { force: true });
    }
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
    const hash = createHash('sha256').update(bytes).digest('hex');
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
    const partial = `${file}.${randomUUID()}.part`;
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
