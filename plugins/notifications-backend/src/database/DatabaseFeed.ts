import { Knex } from 'knex';
import { Feed, FeedEntry, FeedHead } from '../feed/Feed';
import { toMessage, MessageRow } from './messageRow';

type FeedRow = MessageRow & {
  feed_seq: string | number;
  kind: string;
  feed_message_id: string | null;
  user_ref: string | null;
  payload: string | null;
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
        join.on('m.id', 'f.message_id').andOn('m.seq', 'f.seq'),
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
      );
    const targets = await this.#targetsOf(
      rows.flatMap(row => (row.kind === 'message' && row.id ? [row.id] : [])),
    );
    return rows.map(row => toEntry(row, targets));
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

  async #targetsOf(messageIds: string[]): Promise<Map<string, string[]>> {
    const targets = new Map<string, string[]>();
    if (messageIds.length > 0) {
      const rows = await this.#knex('herald_target')
        .whereIn('message_id', messageIds)
        .select('message_id', 'ref');
      for (const { message_id: id, ref } of rows) {
        targets.set(id, [...(targets.get(id) ?? []), ref]);
      }
    }
    return targets;
  }
}

function toEntry(row: FeedRow, targets: Map<string, string[]>): FeedEntry {
  const seq = Number(row.feed_seq);
  if (row.kind === 'read') {
    const { messageIds, isRead } = JSON.parse(row.payload ?? '{}');
    return {
      seq,
      kind: 'read',
      userRef: row.user_ref ?? '',
      messageIds,
      isRead,
    };
  }
  return {
    seq,
    kind: 'message',
    message: row.id ? toMessage(row) : undefined,
    targets: targets.get(row.id) ?? [],
  };
}
