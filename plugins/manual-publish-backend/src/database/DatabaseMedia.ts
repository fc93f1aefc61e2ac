import { Knex } from 'knex';
import { MediaStore, StoredMedium } from '../media/MediaStore';
import { chunks } from './chunks';

const TABLE = 'herald_media';

type MediumRow = {
  medium: string;
  block_id: string;
  hash: string;
  extension: string;
  type: string;
  bytes: number | string;
  width: number | null;
  height: number | null;
  fetched_at: number | string;
  used_at: number | string;
};

/** Media by Notion's block and file; several may have the same content. */
export class DatabaseMedia implements MediaStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(mediumId: string, now: Date): Promise<StoredMedium | undefined> {
    const [row] = await this.#knex<MediumRow>(TABLE)
      .where({ medium: mediumId })
      .update({ used_at: now.getTime() })
      .returning('*');
    return row && toMedium(row);
  }

  async save(
    mediumId: string,
    blockId: string,
    medium: StoredMedium,
    now: Date,
  ): Promise<void> {
    await this.#knex(TABLE)
      .insert({
        medium: mediumId,
        block_id: blockId,
        hash: medium.hash,
        extension: medium.extension,
        type: medium.type,
        bytes: medium.bytes,
        width: medium.width ?? null,
        height: medium.height ?? null,
        fetched_at: now.getTime(),
        used_at: now.getTime(),
      })
      .onConflict('medium')
      .merge();
  }

  async dropUnusedSince(moment: Date): Promise<void> {
    await this.#knex(TABLE).where('used_at', '<', moment.getTime()).delete();
  }

  async knownHashes(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const known = new Set<string>();
    for (const some of chunks(hashes)) {
      const found = await this.#knex(TABLE).whereIn('hash', some).pluck('hash');
      found.forEach(hash => known.add(hash));
    }
    return known;
  }
}

function toMedium(row: MediumRow): StoredMedium {
  return {
    hash: row.hash,
    extension: row.extension,
    type: row.type,
    bytes: Number(row.bytes),
    ...(row.width === null ? {} : { width: row.width }),
    ...(row.height === null ? {} : { height: row.height }),
  };
}
