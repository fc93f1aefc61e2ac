import {
  notificationLimits,
  type ListNotificationsQuery,
} from '@herald/backstage-plugin-notifications-common';

const TABS = ['personal', 'updates'] as const;
const READ_STATES = ['all', 'unread', 'read'] as const;
const AGES = ['any', 'day', 'week'] as const;
const ORDERS = ['newest', 'oldest'] as const;

/** What of the inbox is looked at. All of it stands in the address bar. */
export type InboxView = {
  tab: (typeof TABS)[number];
  read: (typeof READ_STATES)[number];
  sent: (typeof AGES)[number];
  sort: (typeof ORDERS)[number];
  search: string;
};

export const defaultView: InboxView = {
  tab: 'personal',
  read: 'all',
  sent: 'any',
  sort: 'newest',
  search: '',
};

export const PAGE_SIZE = 25;

const PARAMETERS = {
  tab: 'tab',
  read: 'view',
  sent: 'sent',
  sort: 'sort',
  search: 'q',
} as const satisfies Record<keyof InboxView, string>;

function oneOf<T extends string>(
  values: readonly [T, ...T[]],
  text: string | null,
): T {
  return values.find(value => value === text) ?? values[0];
}

/** What the address bar says; whatever it says wrong counts as not said. */
export function parseView(params: URLSearchParams): InboxView {
  return {
    tab: oneOf(TABS, params.get(PARAMETERS.tab)),
    read: oneOf(READ_STATES, params.get(PARAMETERS.read)),
    sent: oneOf(AGES, params.get(PARAMETERS.sent)),
    sort: oneOf(ORDERS, params.get(PARAMETERS.sort)),
    search: (params.get(PARAMETERS.search) ?? '').slice(
      0,
      notificationLimits.searchLength,
    ),
  };
}

/** Writes a view over the parameters that are there; the default is left out, parameters of others stay. */
export function writeView(
  view: InboxView,
  over: URLSearchParams,
): URLSearchParams {
  const params = new URLSearchParams(over);
  for (const key of Object.keys(PARAMETERS) as (keyof InboxView)[]) {
    if (view[key] === defaultView[key]) {
      params.delete(PARAMETERS[key]);
    } else {
      params.set(PARAMETERS[key], view[key]);
    }
  }
  return params;
}

/** The same tab and order, nothing left out. */
export function withoutFilters(view: InboxView): InboxView {
  return { ...defaultView, tab: view.tab, sort: view.sort };
}

export function isFiltered(view: InboxView): boolean {
  return view.read !== 'all' || view.sent !== 'any' || view.search !== '';
}

const AGE_IN_MS = { day: 24 * 3_600_000, week: 7 * 24 * 3_600_000 };

/** @param now - what the age counts from; the same for all pages of one list, since a cursor goes with its filters */
export function toListQuery(
  view: InboxView,
  now: number,
): ListNotificationsQuery {
  return {
    messageScope: view.tab === 'personal' ? 'user' : 'system',
    orderBy: 'created',
    orderByDirec: view.sort === 'newest' ? 'desc' : 'asc',
    pageSize: PAGE_SIZE,
    read: view.read === 'all' ? undefined : view.read === 'read',
    createdAfter:
      view.sent === 'any'
        ? undefined
        : new Date(now - AGE_IN_MS[view.sent]).toISOString(),
    containsText: view.search.trim() === '' ? undefined : view.search.trim(),
  };
}
