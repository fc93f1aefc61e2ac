import type { ListNotificationsQuery } from '@herald/backstage-plugin-notifications-common';
import { aNotification as message } from '../testing';
import { loadedItems, type LoadedPages } from './loadedPages';
import {
  admitStreamed,
  fitsQuery,
  mayBringIn,
  pagesAfter,
} from './streamedRows';

const loaded: LoadedPages = {
  pages: [
    { items: [message(4), message(3)], nextCursor: 'three' },
    { items: [message(2), message(1)] },
  ],
  pageParams: [undefined, 'three'],
};
const titles = (pages: LoadedPages) =>
  loadedItems(pages).map(({ title }) => title.replace('Message ', ''));
const only = (number: number) => [message(number).id];
const rowOf = (pages: LoadedPages, number: number) =>
  loadedItems(pages).find(({ id }) => id === message(number).id);

describe('a loaded row', () => {
  it('takes over marks, whatever page it is on', () => {
    const read = pagesAfter(loaded, {
      type: 'read',
      data: { messageIds: [...only(1), ...only(3)], read: true },
    });
    expect(loadedItems(read).map(({ readByUser }) => readByUser)).toEqual([
      false,
      true,
      false,
      true,
    ]);
    const saved = pagesAfter(loaded, {
      type: 'saved',
      data: { messageIds: only(2), saved: true },
    });
    expect(rowOf(saved, 2)).toEqual(message(2, { saved: true }));
  });

  it('is read once it is put away, and stays so when it is back', () => {
    const away = pagesAfter(loaded, {
      type: 'archived',
      data: { messageIds: only(2), archived: true },
    });
    expect(rowOf(away, 2)).toEqual(
      message(2, { archived: true, readByUser: true }),
    );
    const back = pagesAfter(away, {
      type: 'archived',
      data: { messageIds: only(2), archived: false },
    });
    expect(rowOf(back, 2)).toEqual(message(2, { readByUser: true }));
  });

  it('leaves the archive once it is unread', () => {
    const away = pagesAfter(loaded, {
      type: 'archived',
      data: { messageIds: only(2), archived: true },
    });
    const unread = pagesAfter(away, {
      type: 'read',
      data: { messageIds: only(2), read: false },
    });
    expect(rowOf(unread, 2)).toEqual(message(2));
    const read = pagesAfter(away, {
      type: 'read',
      data: { messageIds: only(2), read: true },
    });
    expect(rowOf(read, 2)).toEqual(rowOf(away, 2));
  });

  it('is corrected in its place, its marks kept', () => {
    const marked = pagesAfter(loaded, {
      type: 'saved',
      data: { messageIds: only(1), saved: true },
    });
    const { readByUser, archived, saved, topic, ...content } = message(1, {
      title: 'Corrected',
    });
    const corrected = pagesAfter(marked, { type: 'correction', data: content });
    expect(rowOf(corrected, 1)).toEqual({
      ...content,
      readByUser: false,
      archived: false,
      saved: true,
    });
    expect(titles(corrected)).toEqual(['4', '3', '2', 'Corrected']);
  });

  it('goes when its message is withdrawn', () => {
    const rest = pagesAfter(loaded, {
      type: 'withdrawal',
      data: { messageIds: [...only(2), ...only(4)] },
    });
    expect(titles(rest)).toEqual(['3', '1']);
  });

  it('stays the same object where it is not meant, and so do the pages', () => {
    const after = pagesAfter(loaded, {
      type: 'read',
      data: { messageIds: only(1), read: true },
    });
    expect(after.pages[0]).toBe(loaded.pages[0]);
    expect(after.pages[1].items[0]).toBe(loaded.pages[1].items[0]);
    expect(
      pagesAfter(loaded, { type: 'withdrawal', data: { messageIds: only(9) } }),
    ).toBe(loaded);
  });
});

describe('messages that have come', () => {
  it('stand first, the newest before all, and not where they stood', () => {
    const again = message(2, { updated: '2026-12-01T00:00:00.000Z' });
    expect(
      titles(admitStreamed(loaded, [again, message(5)], 'newest')),
    ).toEqual(['2', '5', '4', '3', '1']);
  });

  it('stand last where the oldest stand first', () => {
    expect(titles(admitStreamed(loaded, [message(6), message(5)], 'oldest')))
      // The order of what is loaded is not looked at.
      .toEqual(['4', '3', '2', '1', '5', '6']);
  });
});

describe('a message fits a view', () => {
  it.each<[ListNotificationsQuery, boolean | undefined]>([
    [{}, true],
    [{ messageScope: 'user', pageSize: 25, orderBy: 'created' }, true],
    [{ messageScope: 'system' }, false],
    [{ messageScope: 'all' }, true],
    [{ read: false }, true],
    [{ read: true }, false],
    [{ saved: true }, false],
    [{ archived: true }, false],
    [{ origin: ['builds', 'people'] }, true],
    [{ origin: ['people'] }, false],
    [{ topic: ['releases'] }, true],
    [{ topic: ['other'] }, false],
    [{ severity: ['critical'] }, false],
    [{ severity: ['normal'] }, true],
    [{ createdAfter: '2026-11-22T08:00:00Z' }, true],
    [{ createdAfter: '2026-11-22T09:01:00.000+01:00' }, false],
    [{ containsText: 'release' }, undefined],
    [{ containsText: 'release', read: true }, false],
    [{ mood: 'bright' } as ListNotificationsQuery, undefined],
  ])('%j: %s', (query, fits) => {
    expect(fitsQuery(message(1), query)).toBe(fits);
  });

  it('is as old as when it was last sent', () => {
    const again = message(1, { updated: '2026-11-22T12:00:00.000Z' });
    const createdAfter = '2026-11-22T11:00:00Z';
    expect(fitsQuery(again, { createdAfter })).toBe(true);
  });

  it.each<[ListNotificationsQuery, boolean]>([
    [{}, false],
    [{ saved: true }, true],
    [{ archived: true }, true],
  ])('put away and kept, %j: %s', (query, fits) => {
    const item = message(1, { archived: true, saved: true });
    expect(fitsQuery(item, query)).toBe(fits);
  });
});

describe('a mark of a message that is not loaded', () => {
  type Query = ListNotificationsQuery;
  const ARCHIVE: Query = { archived: true };
  const UNREAD: Query = { read: false };
  const READ: Query = { read: true };
  const SAVED: Query = { saved: true };
  it.each<[string, Query, object, 'read' | 'archived' | 'saved', boolean]>([
    ['everything', {}, { read: true }, 'read', false],
    ['everything', {}, { read: false }, 'read', true],
    ['everything', {}, { archived: true }, 'archived', false],
    ['everything', {}, { archived: false }, 'archived', true],
    ['everything', {}, { saved: true }, 'saved', false],
    ['the archive', ARCHIVE, { archived: true }, 'archived', true],
    ['the archive', ARCHIVE, { archived: false }, 'archived', false],
    ['the archive', ARCHIVE, { read: false }, 'read', false],
    ['what is unread', UNREAD, { read: false }, 'read', true],
    ['what is unread', UNREAD, { read: true }, 'read', false],
    ['what is read', READ, { read: true }, 'read', true],
    ['what is saved', SAVED, { saved: true }, 'saved', true],
    ['what is saved', SAVED, { saved: false }, 'saved', false],
    ['what is saved', SAVED, { archived: false }, 'archived', false],
  ])('in %s (%j), %j: %s may bring it in: %s', (_, query, mark, type, may) => {
    const event = (ids: string[]) =>
      ({ type, data: { messageIds: ids, ...mark } } as Parameters<
        typeof mayBringIn
      >[0]);
    expect(mayBringIn(event([...only(1), ...only(9)]), query, loaded)).toBe(
      may,
    );
    expect(mayBringIn(event(only(1)), query, loaded)).toBe(false);
  });

  it('a withdrawal brings nothing in', () => {
    const data = { messageIds: only(9) };
    expect(mayBringIn({ type: 'withdrawal', data }, {}, loaded)).toBe(false);
  });
});
