import {
  notificationLimits,
  notificationSeverities,
  type ListNotificationsQuery,
  type MarkAllReadQuery,
  type Notification,
  type NotificationFilter,
  type NotificationSeverity,
} from '@herald/backstage-plugin-notifications-common';
import { momentOf } from '../api/loadedPages';

const TABS = ['personal', 'updates', 'saved'] as const;
const READ_STATES = ['all', 'unread', 'read', 'archived'] as const;
const AGES = ['any', 'day', 'week'] as const;
const ORDERS = ['newest', 'oldest'] as const;

/** What of the inbox is looked at. All of it stands in the address bar. */
export type InboxView = {
  tab: (typeof TABS)[number];
  read: (typeof READ_STATES)[number];
  sent: (typeof AGES)[number];
  sort: (typeof ORDERS)[number];
  search: string;
  /** None: all of them. */
  origins: readonly string[];
  topics: readonly string[];
  severities: readonly NotificationSeverity[];
};

export const defaultView: InboxView = {
  tab: 'personal',
  read: 'all',
  sent: 'any',
  sort: 'newest',
  search: '',
  origins: [],
  topics: [],
  severities: [],
};

export const PAGE_SIZE = 25;

const PARAMETERS = {
  tab: 'tab',
  read: 'view',
  sent: 'sent',
  sort: 'sort',
  search: 'q',
  origins: 'origin',
  topics: 'topic',
  severities: 'severity',
} as const satisfies Record<keyof InboxView, string>;

function oneOf<T extends string>(
  values: readonly [T, ...T[]],
  text: string | null,
): T {
  return values.find(value => value === text) ?? values[0];
}

/** As many as the server takes, each once and none too long. */
function labels(texts: string[], longest: number): string[] {
  return [...new Set(texts)]
    .filter(text => text.trim() !== '' && text.length <= longest)
    .slice(0, notificationLimits.filterValues);
}

/** What the address bar says; whatever it says wrong counts as not said. */
export function parseView(params: URLSearchParams): InboxView {
  const severities = params.getAll(PARAMETERS.severities);
  return {
    tab: oneOf(TABS, params.get(PARAMETERS.tab)),
    read: oneOf(READ_STATES, params.get(PARAMETERS.read)),
    sent: oneOf(AGES, params.get(PARAMETERS.sent)),
    sort: oneOf(ORDERS, params.get(PARAMETERS.sort)),
    search: (params.get(PARAMETERS.search) ?? '').slice(
      0,
      notificationLimits.searchLength,
    ),
    origins: labels(
      params.getAll(PARAMETERS.origins),
      notificationLimits.originLength,
    ),
    topics: labels(
      params.getAll(PARAMETERS.topics),
      notificationLimits.topicLength,
    ),
    severities: notificationSeverities.filter(severity =>
      severities.includes(severity),
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
    const value = view[key];
    params.delete(PARAMETERS[key]);
    if (typeof value !== 'string') {
      value.forEach(one => params.append(PARAMETERS[key], one));
    } else if (value !== defaultView[key]) {
      params.set(PARAMETERS[key], value);
    }
  }
  return params;
}

/** The same tab and order, nothing left out. */
export function withoutFilters(view: InboxView): InboxView {
  return { ...defaultView, tab: view.tab, sort: view.sort };
}

/** Whether something beside the read state narrows the view. */
export function isNarrowed(view: InboxView): boolean {
  return (
    view.sent !== 'any' ||
    view.search.trim() !== '' ||
    view.origins.length > 0 ||
    view.topics.length > 0 ||
    view.severities.length > 0
  );
}

export function isFiltered(view: InboxView): boolean {
  return view.read !== 'all' || isNarrowed(view);
}

const AGE_IN_MS = { day: 24 * 3_600_000, week: 7 * 24 * 3_600_000 };
const SCOPES = { personal: 'user', updates: 'system', saved: 'all' } as const;

function orNothing<T>(values: readonly T[]): T[] | undefined {
  return values.length > 0 ? [...values] : undefined;
}

/** What the view is narrowed to, its read state aside: what "mark all as read" goes for. */
function toFilter(
  view: InboxView,
  now: number,
): Omit<NotificationFilter, 'read' | 'archived'> {
  return {
    messageScope: SCOPES[view.tab],
    saved: view.tab === 'saved' ? true : undefined,
    createdAfter:
      view.sent === 'any'
        ? undefined
        : new Date(now - AGE_IN_MS[view.sent]).toISOString(),
    containsText: view.search.trim() === '' ? undefined : view.search.trim(),
    origin: orNothing(view.origins),
    topic: orNothing(view.topics),
    severity: orNothing(view.severities),
  };
}

/** @param now - what the age counts from; the same for all pages of one list, since a cursor goes with its filters */
export function toListQuery(
  view: InboxView,
  now: number,
): ListNotificationsQuery {
  const isArchive = view.read === 'archived';
  return {
    ...toFilter(view, now),
    orderBy: 'created',
    orderByDirec: view.sort === 'newest' ? 'desc' : 'asc',
    pageSize: PAGE_SIZE,
    archived: isArchive ? true : undefined,
    read: view.read === 'all' || isArchive ? undefined : view.read === 'read',
  };
}

/** @param upTo - the newest message that was seen */
export function toMarkAllReadQuery(
  view: InboxView,
  upTo: Notification,
  now: number,
): MarkAllReadQuery {
  return { ...toFilter(view, now), upTo: upTo.id, upToDate: momentOf(upTo) };
}

export function toUnreadFilter(
  view: InboxView,
  now: number,
): NotificationFilter {
  return { ...toFilter(view, now), read: false };
}

/** Whether a row is still in the place that is looked at: one that is put away, or kept no more, leaves it at once. */
export function belongsTo(view: InboxView, item: Notification): boolean {
  if (view.tab === 'saved' && !item.saved) {
    return false;
  }
  const showsBoth = view.tab === 'saved' && view.read !== 'archived';
  return showsBoth || item.archived === (view.read === 'archived');
}

export function newestOf(
  items: readonly Notification[],
): Notification | undefined {
  return items.reduce<Notification | undefined>(
    (newest, item) =>
      newest === undefined || momentOf(item) > momentOf(newest) ? item : newest,
    undefined,
  );
}
