import type { QueryKey } from '@tanstack/react-query';

export const LIST_KEY = ['notifications', 'list'];
export const LIVE_KEY = ['notifications', 'live'];
export const UNREAD_KEY = ['notifications', 'unread'];
export const PREFERENCES_KEY = ['notifications', 'preferences'];
export const DEFAULTS_KEY = ['notifications', 'preference-defaults'];

const LINKED = 'linked';

/** The list of the one message that a link names: below the lists, so that whatever marks rows marks it, too. */
export function linkedKey(id: string): QueryKey {
  return [...LIST_KEY, LINKED, id];
}

export function isLinked(key: QueryKey): boolean {
  return key[LIST_KEY.length] === LINKED;
}
