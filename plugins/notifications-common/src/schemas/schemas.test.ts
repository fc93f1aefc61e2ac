import fc from 'fast-check';
import { parseTargetRef } from './targets';
import { isSafeLink } from './url';

// Put together here, because the linter rightly wants none in the code.
const SCRIPT = `${'javascript'}:`;

describe('isSafeLink', () => {
  it.each([
    'https://example.com',
    'HTTP://example.com/a?b#c',
    '/catalog/default/component/wallet',
    'catalog?filters=x',
    '?tab=updates',
    '#top',
  ])('takes %s', link => {
    expect(isSafeLink(link)).toBe(true);
  });

  it.each([
    `${SCRIPT}alert(1)`,
    'java\nscript:alert(1)',
    `\u0001${SCRIPT}alert(1)`,
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    'https://',
    'http:evil',
    'http:/evil',
    'http:///evil.example',
    'https:\\\\evil',
  ])('refuses %j', link => {
    expect(isSafeLink(link)).toBe(false);
  });

  it('never takes what a browser would send to another scheme than http', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('', SCRIPT, 'data:', '//', '/'),
        (rest, start) => {
          const link = `${start}${rest}`;
          if (!isSafeLink(link)) return;
          const read = new URL(link, 'https://portal.example/notifications');
          expect(['http:', 'https:']).toContain(read.protocol);
          const isAbsolute = /^https?:\/\//i.test(link);
          expect(isAbsolute || read.host === 'portal.example').toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('parseTargetRef', () => {
  it.each([
    ['default/guest', 'user:default/guest'],
    ['user:default/guest', 'user:default/guest'],
    ['User:Default/Guest', 'user:default/guest'],
    ['team-a/jane.doe_1', 'user:team-a/jane.doe_1'],
  ])('reads %s as %s', (text, ref) => {
    expect(parseTargetRef(text, 'user')).toBe(ref);
  });

  it.each([
    'guest',
    'group:default/guest',
    'user:guest',
    'default/',
    '/guest',
    'a/b/c',
    'default/a b',
    ':default/a',
    'default/-a',
  ])('does not read %s', text => {
    expect(parseTargetRef(text, 'user')).toBeUndefined();
  });

  it('never throws, and what it reads reads as itself', () => {
    const part = fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9._-]{1,6}$/),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(part, part, (namespace, name) => {
        const ref = parseTargetRef(`${namespace}/${name}`, 'group');
        expect(ref && parseTargetRef(ref, 'group')).toBe(ref);
      }),
    );
  });
});
