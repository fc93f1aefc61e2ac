import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { InboxPosition } from '../messages/MessageStore';

const schema = z.tuple([
  z.int().min(0),
  z.int().min(0),
  z.enum(['asc', 'desc']),
]);

/** Writes the place where a page ended, so that callers can hand it back but have no reason to read it. */
export function writePageCursor(
  { sortAt, seq }: InboxPosition,
  direction: 'asc' | 'desc',
): string {
  return Buffer.from(JSON.stringify([sortAt, seq, direction])).toString(
    'base64url',
  );
}

/** @throws InputError where this is not a cursor that {@link writePageCursor} wrote for this direction */
export function readPageCursor(
  cursor: string,
  direction: 'asc' | 'desc',
): InboxPosition {
  try {
    const [sortAt, seq, written] = schema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
    if (written === direction) {
      return { sortAt, seq };
    }
  } catch {
    // Falls through: whatever it is, it is not ours.
  }
  throw new InputError(
    'Parameter cursor: is not one that this list has given out for this order',
  );
}
