import {
  defaultView,
  isFiltered,
  parseView,
  toListQuery,
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
      parseView(new URLSearchParams('tab=x&view=y&sent=z&sort=1')),
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
    });
  });
});

it('clears the filters, not the tab and the order', () => {
  expect(isFiltered(view)).toBe(true);
  const cleared = withoutFilters(view);
  expect(isFiltered(cleared)).toBe(false);
  expect(cleared).toMatchObject({ tab: 'updates', sort: 'oldest' });
});
