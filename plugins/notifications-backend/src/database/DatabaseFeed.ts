import { Knex } from 'knex';
import { Feed, FeedAudience, FeedEntry, FeedHead } from '../feed/Feed';
import { toMessage, MessageRow } from './messageRow';

type FeedRow = MessageRow & {
  feed_seq: string | number;
  kind: string;
  feed_message_id: string | null;
  user_ref: string | null;
  payload: string | null;
  feed_at: string | number;
};

/** The feed on the tables of `migrations/`. */
export class DatabaseFeed implements Feed {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async head(): Promise<FeedHead> {
    const row = await this.#knex('herald_feed_state')
      .where({ id: 1 })
      .first('epoch', 'trimmed_seq', {
        seq: this.#knex('herald_feed').max('seq'),
      });
    const trimmedSeq = Number(row.trimmed_seq);
    return {
      epoch: row.epoch,
      trimmedSeq,
      seq: row.seq === null ? trimmedSeq : Number(row.seq),
    };
  }

  async readAfter(seq: number, limit: number): Promise<FeedEntry[]> {
    const rows: FeedRow[] = await this.#knex('herald_feed as f')
      // A message that was sent again since stands at its later place only.
      .leftJoin('herald_message as m', join =>
        join
          .on('m.id', 'f.message_id')
          .andOn(on => on.on('m.seq', 'f.seq').orOnVal('f.kind', 'correction')),
      )
      .where('f.seq', '>', seq)
      .orderBy('f.seq')
      .limit(limit)
      .select(
        'm.*',
        'f.seq as feed_seq',
        'f.kind',
        'f.message_id as feed_message_id',
        'f.user_ref',
        'f.payload',
        'f.at as feed_at',
      );
    const audiences = await this.#audiencesOf(
      rows.flatMap(row => row.id ?? []),
    );
    const savedBy = refsByMessage(
      await this.#savedBy(
        rows.flatMap(row => (row.id && row.updated_at !== null ? row.id : [])),
      ),
    );
    return rows.map(row => toEntry(row, audiences, savedBy));
  }

  async trim(before: Date, limit: number): Promise<number> {
    return this.#knex.transaction(async tx => {
      const old = await tx('herald_feed')
        .where('at', '<', before.getTime())
        .orderBy('seq')
        .limit(limit)
        .pluck('seq');
      const last = old.at(-1);
      if (last === undefined) {
        return 0;
      }
      await tx('herald_feed_state')
        .where({ id: 1 })
        .where('trimmed_seq', '<', last)
        .update({ trimmed_seq: last });
      await tx('herald_feed').whereIn('seq', old).delete();
      return old.length;
    });
  }

  async #savedBy(
    messageIds: string[],
  ): Promise<{ message_id: string; ref: string }[]> {
    return messageIds.length === 0
      ? []
      : this.#knex('herald_saved')
          .whereIn('message_id', messageIds)
          .select('message_id', { ref: 'user_ref' });
  }

  async #audiencesOf(messageIds: string[]): Promise<Map<string, FeedAudience>> {
    if (messageIds.length === 0) {
      return new Map();
    }
    const [targets, exclusions] = await Promise.all(
      ['herald_target', 'herald_exclusion'].map(async table =>
        refsByMessage(
          await this.#knex(table)
            .whereIn('message_id', messageIds)
            .select('message_id', 'ref'),
        ),
      ),
    );
    return new Map(
      messageIds.map(id => [
        id,
        {
          targets: targets.get(id) ?? [],
          exclusions: exclusions.get(id) ?? [],
        },
      ]),
    );
  }
}

function refsByMessage(
  rows: { message_id: string; ref: string }[],
): Map<string, string[]> {
  const refs = new Map<string, string[]>();
  for (const { message_id: id, ref } of rows) {
    const ofMessage = refs.get(id);
    if (ofMessage) {
      ofMessage.push(ref);
    } else {
      refs.set(id, [ref]);
    }
  }
  return refs;
}

const NOBODY: FeedAudience = { targets: [], exclusions: [] };

function toEntry(
  row: FeedRow,
  audiences: ReadonlyMap<string, FeedAudience>,
  savedBy: ReadonlyMap<string, readonly string[]>,
): FeedEntry {
  const place = {
    seq: Number(row.feed_seq),
    at: new Date(Number(row.feed_at)),
  };
  const userRef = row.user_ref ?? '';
  const payload = JSON.parse(row.payload ?? '{}');
  switch (row.kind) {
    case 'read':
    case 'archived':
    case 'saved':
      return {
        ...place,
        kind: row.kind,
        userRef,
        messageIds: payload.messageIds,
        value: payload.value ?? payload.isRead,
      };
    case 'refresh':
    case 'preferences':
      return { ...place, kind: row.kind, userRef };
    case 'withdrawal':
      return {
        ...place,
        kind: 'withdrawal',
        messageId: row.feed_message_id ?? '',
        audience: payload,
      };
    default:
      return {
        ...place,
        kind: row.kind === 'correction' ? 'correction' : 'message',
        message: row.id ? toMessage(row) : undefined,
        audience: audiences.get(row.id) ?? NOBODY,
        savedBy: new Set(savedBy.get(row.id)),
      };
  }
}
