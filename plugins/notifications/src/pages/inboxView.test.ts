import { aNotification } from '../testing';
import {
  belongsTo,
  defaultView,
  isFiltered,
  newestOf,
  parseView,
  toListQuery,
  toMarkAllReadQuery,
  withoutFilters,
  writeView,
  type InboxView,
} from './inboxView';

const view: InboxView = {
  tab: 'updates',
  read: 'unread',
  sent: 'week',
  sort: 'oldest',
  search: '100% & ünïcode',
  origins: ['ci', 'a & b'],
  topics: ['über'],
  severities: ['critical', 'high'],
};

describe('the view in the address bar', () => {
  it('comes back as it was written', () => {
    const address = writeView(view, new URLSearchParams()).toString();
    expect(parseView(new URLSearchParams(address))).toEqual(view);
  });

  it('is empty for the default view', () => {
    expect(writeView(defaultView, new URLSearchParams()).toString()).toBe('');
  });

  it('leaves the parameters of others alone, and takes its own away', () => {
    const params = writeView(
      defaultView,
      new URLSearchParams('id=7&view=read&q=x'),
    );
    expect(params.toString()).toBe('id=7');
  });

  it('counts nonsense as not said', () => {
    expect(
      parseView(
        new URLSearchParams(
          'tab=x&view=y&sent=z&sort=1&severity=loud&origin=%20&topic=',
        ),
      ),
    ).toEqual(defaultView);
  });

  it('cuts a search to what the server takes', () => {
    expect(
      parseView(new URLSearchParams({ q: 'a'.repeat(500) })).search,
    ).toHaveLength(200);
  });
});

describe('toListQuery', () => {
  const now = Date.parse('2026-11-22T08:00:00Z');

  it('asks for everything by default', () => {
    expect(toListQuery(defaultView, now)).toEqual({
      messageScope: 'user',
      orderBy: 'created',
      orderByDirec: 'desc',
      pageSize: 25,
    });
  });

  it('asks for what the view says', () => {
    expect(toListQuery({ ...view, search: ' release ' }, now)).toEqual({
      messageScope: 'system',
      orderBy: 'created',
      orderByDirec: 'asc',
      pageSize: 25,
      read: false,
      createdAfter: '2026-11-15T08:00:00.000Z',
      containsText: 'release',
      origin: ['ci', 'a & b'],
      topic: ['über'],
      severity: ['critical', 'high'],
    });
  });

  it.each([
    ['any', undefined],
    ['day', '2026-11-21T08:00:00.000Z'],
    ['week', '2026-11-15T08:00:00.000Z'],
  ] as const)('asks for what was sent within: %s', (sent, createdAfter) => {
    expect(toListQuery({ ...defaultView, sent }, now).createdAfter).toBe(
      createdAfter,
    );
  });
});

describe('the places', () => {
  const now = Date.parse('2026-11-22T08:00:00Z');

  it('asks for what is saved in all scopes, put away or not', () => {
    const query = toListQuery({ ...defaultView, tab: 'saved' }, now);
    expect(query).toMatchObject({ messageScope: 'all', saved: true });
    expect(query.archived).toBeUndefined();
  });

  it('asks for the archive of a tab, whatever is read', () => {
    const query = toListQuery({ ...defaultView, read: 'archived' }, now);
    expect(query).toMatchObject({ messageScope: 'user', archived: true });
    expect(query.read).toBeUndefined();
  });

  it.each([
    ['personal', 'all', { archived: true }, false],
    ['personal', 'archived', { archived: true }, true],
    ['personal', 'archived', { archived: false }, false],
    ['personal', 'unread', { readByUser: true }, true],
    ['saved', 'all', { saved: false }, false],
    ['saved', 'all', { saved: true, archived: true }, true],
    ['saved', 'archived', { saved: true, archived: false }, false],
  ] as const)('%s, %s: %j stays: %s', (tab, read, marks, stays) => {
    const item = aNotification(1, marks);
    expect(belongsTo({ ...defaultView, tab, read }, item)).toBe(stays);
  });

  it('marks all as read with the filters of the list, not with its read state, up to the newest that was seen', () => {
    const last = aNotification(4, { updated: '2026-11-22T07:00:00.000Z' });
    expect(toMarkAllReadQuery({ ...view, search: '' }, last, now)).toEqual({
      messageScope: 'system',
      createdAfter: '2026-11-15T08:00:00.000Z',
      origin: ['ci', 'a & b'],
      topic: ['über'],
      severity: ['critical', 'high'],
      upTo: last.id,
      upToDate: '2026-11-22T07:00:00.000Z',
    });
    expect(
      newestOf([
        aNotification(3),
        aNotification(1, { updated: '2027-01-01T00:00:00.000Z' }),
        aNotification(2),
      ])?.title,
    ).toBe('Message 1');
  });
});

it('clears the filters, not the tab and the order', () => {
  expect(isFiltered(view)).toBe(true);
  const cleared = withoutFilters(view);
  expect(isFiltered(cleared)).toBe(false);
  expect(cleared).toMatchObject({ tab: 'updates', sort: 'oldest' });
});
