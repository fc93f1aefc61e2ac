import fc from 'fast-check';
import { SlugBook } from './SlugBook';
import { foldedName, isSafeSlug, slugOf } from './slugOf';

const ID = '1d2c3b4a-0000-4000-8000-000000000000';

/** Titles with what is dangerous in them more often than chance would have it. */
const titles = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        ...'..|/|\\|con|CON|index|README|nul.|aux|_|__|-|01|1.| |2024|.|:|\u0000|\u202e|\u200d|하늘|é|e\u0301|İ|ß|ﬁ|K|\ud800|𠮷|👩‍👩‍👧|\u0301|ㅤ|$(id)|.git|%2e%2e|a|B|com1|COM¹|lpt0|\ufeff|٣'.split(
          '|',
        ),
      ),
      { maxLength: 12 },
    )
    .map(parts => parts.join('')),
);

describe('slugOf', () => {
  it.each([
    ['Getting started', 'getting-started'],
    ['Don’t panic!', 'dont-panic'],
    ['하늘 소개', '하늘-소개'],
    ['はじめに', 'はじめに'],
    ['مقدمة', 'مقدمة'],
    ['Ｆｕｌｌ width', 'full-width'],
    ['Release 1.2.3.', 'release-1.2.3'],
    ['1. Start', 'start'],
    ['01 Start', 'start'],
    ['3) Start', 'start'],
    ['2026 report', 'report-2026'],
    ['7.0 changes', '7.0-changes'],
    ['2026-11-22 notes', '2026-11-22-notes'],
    ['../../etc/passwd', 'etc-passwd'],
    ['_drafts', 'drafts'],
    ['.git', 'git'],
    ['CON', 'page-con'],
    ['com¹', 'page-com1'],
    ['README', 'page-readme'],
    ['index', 'page-index'],
    ['🚀', 'page-1d2c3b4a'],
    ['', 'page-1d2c3b4a'],
    ['..', 'page-1d2c3b4a'],
    ['a\u200b\u202eb', 'ab'],
  ])('of %j is %j', (title, slug) => {
    expect(slugOf(title, ID)).toBe(slug);
  });

  it('is cut between characters', () => {
    const slug = slugOf('가'.repeat(100), ID);
    expect(Buffer.byteLength(slug)).toBe(78);
    expect(isSafeSlug(slug)).toBe(true);
  });

  it('is safe for every title', () => {
    fc.assert(
      fc.property(titles, title => {
        expect([title, isSafeSlug(slugOf(title, ID))]).toEqual([title, true]);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '..',
    'a/b',
    'a\\b',
    '_a',
    'a.',
    '.a',
    'a.mdx',
    'index',
    'con',
    'con.1',
    '01-a',
    'a'.repeat(101),
    '',
    'e\u0301',
    'a\u200db',
  ])('does not make %j, which a manifest may not have either', name => {
    expect(isSafeSlug(name)).toBe(false);
  });
});

describe('SlugBook', () => {
  it('makes names that differ on every file system', () => {
    fc.assert(
      fc.property(fc.array(titles, { maxLength: 30 }), all => {
        const book = new SlugBook('zcp');
        const names = all.map(title => book.name(title, ID));
        const folded = new Set(names.map(foldedName));
        expect(folded.size).toBe(names.length);
        expect(folded.has('zcp')).toBe(false);
        expect(names.filter(name => !isSafeSlug(name))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('numbers titles that are not unique', () => {
    const book = new SlugBook('zcp');
    book.take('intro');
    book.take('02-setup');
    expect(book.name('Intro', ID)).toBe('intro-2');
    expect(book.name('INTRO', ID)).toBe('intro-3');
    expect(book.name('Setup', ID)).toBe('setup-2');
    expect(book.name('ZCP', ID)).toBe('zcp-2');
  });
});
