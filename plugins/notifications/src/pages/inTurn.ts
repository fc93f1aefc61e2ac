import type { QueryClient } from '@tanstack/react-query';

/** Below what the server takes at once, so that the address of the request stays under the 8 KB that proxies let through. */
const IDS_PER_REQUEST = 100;

export function chunksOf(ids: readonly string[]): string[][] {
  const count = Math.ceil(ids.length / IDS_PER_REQUEST);
  return Array.from({ length: count }, (_, index) =>
    ids.slice(index * IDS_PER_REQUEST, (index + 1) * IDS_PER_REQUEST),
  );
}

const lastOf = new WeakMap<QueryClient, Promise<unknown>>();

/**
 * One mark after the other: "unread" and then "archived" on the same message must not overtake each other.
 *
 * @param work - never rejects
 */
export function inTurn<T>(
  queryClient: QueryClient,
  work: () => Promise<T>,
): Promise<T> {
  const result = (lastOf.get(queryClient) ?? Promise.resolve()).then(work);
  lastOf.set(queryClient, result);
  return result;
}
