import { z } from 'zod';
import { FeedHead } from './Feed';

const schema = z.tuple([z.uuid(), z.int().min(0)]);

/** A place in the feed, in a form that clients hand back and have no reason to read. */
export type FeedCursor = { epoch: string; seq: number };

export function writeFeedCursor({ epoch, seq }: FeedCursor): string {
  return Buffer.from(JSON.stringify([epoch, seq])).toString('base64url');
}

/**
 * The seq from which a client can go on; `undefined` where it has to start over: this is no cursor, it is of another life of
 * the feed, of its future, from before what is kept, or further back than is replayed.
 */
export function resumableSeq(
  cursor: string,
  head: FeedHead,
  replayLimit: number,
): number | undefined {
  try {
    const [epoch, seq] = schema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    const isKept =
      epoch === head.epoch &&
      seq <= head.seq &&
      seq >= head.trimmedSeq &&
      head.seq - seq <= replayLimit;
    return isKept ? seq : undefined;
  } catch {
    return undefined;
  }
}
