import { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

type Part = readonly object[];

/**
 * Answers one JSON array, part by part and no faster than the reader takes it, so that it is never in memory as a whole. Where one
 * of the first two parts cannot be read the answer has not begun, and can still be an error; where a later one cannot, the connection
 * is cut.
 */
export async function answerArray(
  res: Response,
  parts: AsyncIterable<Part>,
): Promise<void> {
  const rest = parts[Symbol.asyncIterator]();
  const first = await rest.next();
  const second = first.done ? first : await rest.next();
  if (second.done) {
    // With its length and its tag, as any other answer.
    res.json(first.done ? [] : first.value);
    return;
  }
  res.type('json');
  try {
    await pipeline(Readable.from(jsonOf([first, second], rest)), res);
  } catch (error) {
    if (!isReaderGone(error)) {
      throw error;
    }
  }
}

async function* jsonOf(
  begun: IteratorResult<Part>[],
  rest: AsyncIterator<Part>,
): AsyncGenerator<string> {
  let before = '[';
  try {
    for (;;) {
      const part = begun.shift() ?? (await rest.next());
      if (part.done) {
        break;
      }
      if (part.value.length > 0) {
        yield before + part.value.map(item => JSON.stringify(item)).join(',');
        before = ',';
      }
    }
  } finally {
    await rest.return?.();
  }
  yield before === '[' ? '[]' : ']';
}

function isReaderGone(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';
}
