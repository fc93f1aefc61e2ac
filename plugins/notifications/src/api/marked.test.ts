import { aNotification } from '../testing';
import { markedArchived, markedAs, markedRead, markedSaved } from './marked';

const archived = { readByUser: true, archived: true };

describe('a mark', () => {
  it.each([
    ['read', markedRead, {}, true, { readByUser: true }],
    ['read, in the archive', markedRead, archived, true, archived],
    ['unread', markedRead, { readByUser: true }, false, {}],
    ['unread, out of the archive', markedRead, archived, false, {}],
    ['archived, and so read', markedArchived, {}, true, archived],
    [
      'back, and still read',
      markedArchived,
      archived,
      false,
      { readByUser: true },
    ],
    ['saved', markedSaved, {}, true, { saved: true }],
    [
      'saved, in the archive',
      markedSaved,
      archived,
      true,
      { ...archived, saved: true },
    ],
    ['saved no more', markedSaved, { saved: true }, false, {}],
  ] as const)('%s', (_, mark, before, value, after) => {
    const marked = mark(aNotification(1, before), value);
    expect(marked).toEqual(aNotification(1, after));
    expect(mark(marked, value)).toBe(marked);
  });

  it('is taken back, and what else became of the message stays', () => {
    const before = aNotification(1, { ...archived, saved: true });
    const now = aNotification(1, { title: 'Corrected' });
    expect(markedAs(now, before)).toEqual({ ...before, title: 'Corrected' });
    expect(markedAs(now, undefined)).toBe(now);
  });
});
