/** A medium that is in the cache. */
export type StoredMedium = {
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly hash: string;
  readonly extension: string;
  readonly type: string;
  readonly bytes: number;
  readonly width?: number;
  readonly height?: number;
};

/** Which media were downloaded, by Notion's block and file. */
export interface MediaStore {
  /** Remembers that it was used, too. */
  find(mediumId: string, now: Date): Promise<StoredMedium | undefined>;
  save(
    mediumId: string,
    blockId: string,
    medium: StoredMedium,
    now: Date,
  ): Promise<void>;
  dropUnusedSince(moment: Date): Promise<void>;
  /** Those of the contents that some medium has. */
  knownHashes(hashes: readonly string[]): Promise<ReadonlySet<string>>;
}
