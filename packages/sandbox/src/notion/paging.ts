import { NotionError } from './NotionError';
import { parseNotionId } from './ids';

const LARGEST_PAGE = 100;

export interface PageOfList<T> {
  items: T[];
  nextCursor: string | null;
}

/** A cursor is the id of the first item of the next page, as it is in Notion. */
export function pageOfList<T extends { id: string }>(
  items: readonly T[],
  wanted: { start_cursor?: unknown; page_size?: unknown },
  where: 'query' | 'body',
): PageOfList<T> {
  const size = pageSize(wanted.page_size, where);
  const start = startOf(items, wanted.start_cursor);
  return {
    items: items.slice(start, start + size),
    nextCursor: items[start + size]?.id ?? null,
  };
}

function pageSize(value: unknown, where: string): number {
  if (value === undefined) return LARGEST_PAGE;
  const size = Number(value);
  if (!Number.isInteger(size) || size < 1) {
    throw NotionError.invalid(
      `${where} failed validation: ${where}.page_size should be a positive number, instead was \`${JSON.stringify(
        value,
      )}\`.`,
    );
  }
  if (size > LARGEST_PAGE) {
    throw NotionError.invalid(
      `${where} failed validation: ${where}.page_size should be ≤ \`100\`, instead was \`${size}\`.`,
    );
  }
  return size;
}

function startOf(items: readonly { id: string }[], cursor: unknown): number {
  if (cursor === undefined || cursor === null) return 0;
  const id = parseNotionId(String(cursor));
  const start = items.findIndex(item => item.id === id);
  if (start < 0) {
    throw NotionError.invalid(
      `The start_cursor provided is invalid: ${String(cursor)}`,
    );
  }
  return start;
}
