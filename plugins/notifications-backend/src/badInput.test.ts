import { testEngines } from '@herald/test-utils';
import { gzipSync } from 'node:zlib';
import { notificationLimits } from '@herald/backstage-plugin-notifications-common';
import { GUEST } from './__testUtils__/people';
import { SECRET, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();
const ID = '0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11';
const long = (length: number) => 'x'.repeat(length + 1);
const valid = { origin: 'o', title: 't', targetUsers: ['default/guest'] };
const limits = notificationLimits;
// Put together here, because the linter rightly wants none in the code.
const SCRIPT = `${'javascript'}:`;

/** [what is wrong, the body, what the refusal says] */
const BODIES: [string, unknown, RegExp][] = [
  ['no origin', { title: 't' }, /^Field origin: is required$/],
  ['no title', { origin: 'o' }, /^Field title: is required$/],
  ['several faults', {}, /Field origin: is required; Field title: is required/],
  [
    'a blank title',
    { ...valid, title: '  ' },
    /^Field title: must not be blank \(was " {2}"\)$/,
  ],
  [
    'a title of Braille without dots',
    { ...valid, title: '\u2800\u2800' },
    /^Field title: must not be blank/,
  ],
  [
    '__proto__ as a key of metadata',
    `{"origin":"o","title":"t","metadata":{"a":1,"__proto__":{"b":2}}}`,
    /^Field metadata: must not have the key __proto__/,
  ],
  ['an empty origin', { ...valid, origin: '' }, /^Field origin: /],
  [
    'a number for a title',
    { ...valid, title: 5 },
    /^Field title: .*expected string.*\(was 5\)$/,
  ],
  [
    'null for a message',
    { ...valid, message: null },
    /^Field message: .*expected string/,
  ],
  [
    'an unknown field',
    { ...valid, colour: 'red' },
    /^Field colour: is not known$/,
  ],
  [
    '__proto__ as a field',
    `{"origin":"o","title":"t","__proto__":{"a":1}}`,
    /^Field __proto__: is not known$/,
  ],
  [
    'a long origin',
    { ...valid, origin: long(limits.originLength) },
    /^Field origin: .*200/,
  ],
  [
    'a long title',
    { ...valid, title: long(limits.titleLength) },
    /^Field title: .*500/,
  ],
  [
    'a long message',
    { ...valid, message: long(limits.messageLength) },
    /^Field message: .*10000/,
  ],
  [
    'a long topic',
    { ...valid, topic: long(limits.topicLength) },
    /^Field topic: .*200/,
  ],
  [
    'NUL in a title',
    { ...valid, title: 'a\0b' },
    /^Field title: must not contain NUL/,
  ],
  [
    'a lone surrogate',
    `{"origin":"o","title":"\\ud800"}`,
    /^Field title: must not contain NUL or unpaired/,
  ],
  [
    'an action without a URL',
    { ...valid, actions: [{ title: 'a' }] },
    /^Field actions\.0\.url: is required$/,
  ],
  [
    'an action without a title',
    { ...valid, actions: [{ url: '/x' }] },
    /^Field actions\.0\.title: is required$/,
  ],
  [
    'an unknown field of an action',
    { ...valid, actions: [{ title: 'a', url: '/x', id: '1' }] },
    /^Field actions\.0\.id: is not known$/,
  ],
  [
    'too many actions',
    { ...valid, actions: Array(11).fill({ title: 'a', url: '/x' }) },
    /^Field actions: .*10/,
  ],
  [
    'actions that are no list',
    { ...valid, actions: {} },
    /^Field actions: .*expected array/,
  ],
  ...[
    `${SCRIPT}alert(1)`,
    `${SCRIPT.toUpperCase()}alert(1)`,
    'java\tscript:alert(1)',
    ` ${SCRIPT}alert(1)`,
    'data:text/html,x',
    '//evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    'ftp://x',
    'mailto:a@b',
    'http://',
    '',
  ].map((url): [string, unknown, RegExp] => [
    `the URL ${JSON.stringify(url)}`,
    { ...valid, actions: [{ title: 'a', url }] },
    /^Field actions\.0\.url: /,
  ]),
  ...[
    'guest',
    '',
    '/',
    'default/',
    '/guest',
    'a/b/c',
    'group:default/team',
    'component:default/x',
    'user:guest',
    'default/gu est',
    'default/guest?',
  ].map((ref): [string, unknown, RegExp] => [
    `the user ${JSON.stringify(ref)}`,
    { ...valid, targetUsers: [ref] },
    /^Field targetUsers\.0: must be namespace\/name or a full entity ref of a user/,
  ]),
  [
    'a user among groups',
    { ...valid, targetGroups: ['user:default/guest'] },
    /^Field targetGroups\.0: .* of a group/,
  ],
  [
    'targets that are no list',
    { ...valid, targetUsers: 'default/guest' },
    /^Field targetUsers: .*expected array/,
  ],
  [
    'too many targets',
    { ...valid, targetUsers: Array(1001).fill('default/guest') },
    /^Field targetUsers: .*1000/,
  ],
  ['a list as the body', [valid], /^The request's body .*expected object/],
  ['text as the body', '"text"', /^The request's body .*expected object/],
  ['null as the body', 'null', /^The request's body .*expected object/],
  [
    'what is not JSON',
    '{"origin": "secret-value",',
    /^The body is not valid JSON$/,
  ],
];

/** [the query, what the refusal says] */
const LIST_QUERIES: [string, RegExp][] = [
  ['pageSize=-1', /^Parameter pageSize: .*>=0.*\(was -1\)$/],
  ['pageSize=ten', /^Parameter pageSize: .*expected number.*\(was "ten"\)$/],
  ['pageSize=1.5', /^Parameter pageSize: /],
  ['pageSize=1e3', /^Parameter pageSize: /],
  ['pageSize=', /^Parameter pageSize: /],
  ['pageSize=10001', /^Parameter pageSize: .*10000/],
  ['pageSize=99999999999999999999', /^Parameter pageSize: /],
  ['pageSize=5&pageSize=6', /^Parameter pageSize: /],
  ['pageNumber=-1', /^Parameter pageNumber: /],
  [
    'pageNumber=0',
    /^Parameter pageNumber: pageSize and pageNumber are either both 0/,
  ],
  [
    'pageSize=0',
    /^Parameter pageNumber: pageSize and pageNumber are either both 0/,
  ],
  ['orderBy=colour', /^Parameter orderBy: .*"colour"/],
  ['orderByDirec=up', /^Parameter orderByDirec: /],
  ['total=yes', /^Parameter total: /],
  ['cursor=nonsense', /^Parameter cursor: /],
  [
    `cursor=${Buffer.from('[1,2,"asc"]').toString('base64url')}`,
    /^Parameter cursor: /,
  ],
  [
    `cursor=${Buffer.from('[1,-2,"desc"]').toString('base64url')}`,
    /^Parameter cursor: /,
  ],
  ['cursor=x&orderBy=title', /^Parameter cursor: .*orderBy=created/],
  ['cursor=x&pageNumber=2', /^Parameter cursor: .*exclude/],
  ['page=2', /^Parameter page: is not known$/],
  ['pageSize[gt]=1', /^Parameter pageSize\[gt\]: is not known$/],
  ['constructor=1', /^Parameter constructor: is not known$/],
];

const FILTERS: [string, RegExp][] = [
  ['read=maybe', /^Parameter read: .*\(was "maybe"\)$/],
  ['read=', /^Parameter read: /],
  ['messageScope=mine', /^Parameter messageScope: /],
  [
    'createdAfter=yesterday',
    /^Parameter createdAfter: must be a date.*\(was "yesterday"\)$/,
  ],
  ['createdAfter=2026-13-01', /^Parameter createdAfter: /],
  ['createdAfter=2026-02-30T00:00:00Z', /^Parameter createdAfter: /],
  ['createdAfter=2026-11-22T08:00:00', /^Parameter createdAfter: /],
  [
    `containsText=${long(limits.searchLength)}`,
    /^Parameter containsText: .*200/,
  ],
  ['containsText=a%00b', /^Parameter containsText: must not contain NUL/],
];

const UPDATES: [string, RegExp][] = [
  ['', /Parameter messageId: is required; Parameter read: is required/],
  [`messageId=${ID}`, /^Parameter read: is required$/],
  ['read=true', /^Parameter messageId: is required$/],
  [`messageId=${ID}&read=1`, /^Parameter read: /],
  [
    'messageId=5&read=true',
    /^Parameter messageId\.0: must be the id of a message/,
  ],
  ['messageId=&read=true', /^Parameter messageId\.0: /],
  [`${`messageId=${ID}&`.repeat(201)}read=true`, /^Parameter messageId: .*200/],
  [`messageId=${ID}&read=true&user=x`, /^Parameter user: is not known$/],
];

describe.each(databases.eachSupportedId())('bad input on %s', engine => {
  let portal: Awaited<ReturnType<typeof startNotifications>>;
  beforeAll(async () => {
    portal = await startNotifications(databases, engine);
  });
  afterEach(async () => {
    expect(await portal.knex('herald_message')).toEqual([]);
    expect(await portal.knex('herald_idempotency_key')).toEqual([]);
    expect(await portal.knex('herald_read_mark')).toEqual([]);
  });

  it.each(BODIES)('refuses %s', async (_, body, message) => {
    const response = await portal.post(
      typeof body === 'string' ? body : JSON.stringify(body),
    );
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
    expect(response.body.error.message).toMatch(message);
    expect(response.body.error).not.toHaveProperty('stack');
    expect(response.text).not.toContain('secret-value');
    expect(response.text.length).toBeLessThan(1_000);
  });

  it.each([...LIST_QUERIES, ...FILTERS])(
    'refuses to list by %s',
    async (query, message) => {
      const response = await portal
        .get(`/notifications?${query}`, GUEST)
        .expect(400);
      expect(response.body.error.message).toMatch(message);
    },
  );

  it.each([
    ...FILTERS,
    ['pageSize=1', /^Parameter pageSize: is not known$/] as const,
  ])('refuses to count by %s', async (query, message) => {
    const response = await portal
      .get(`/notifications/count?${query}`, GUEST)
      .expect(400);
    expect(response.body.error.message).toMatch(message);
  });

  it.each(UPDATES)('refuses to mark by %s', async (query, message) => {
    const response = await portal
      .put(`/notifications/read?${query}`, GUEST)
      .expect(400);
    expect(response.body.error.message).toMatch(message);
  });

  it('answers 404 for a message that does not exist', async () => {
    const response = await portal
      .put(`/notifications/read?messageId=${ID}&read=true`, GUEST)
      .expect(404);
    expect(response.body.error.message).toContain(ID);
  });

  it.each([
    [
      'user',
      { targetUsers: ['default/guest', 'default/nobody'] },
      'user:default/nobody',
    ],
    ['group', { targetGroups: ['default/nothing'] }, 'group:default/nothing'],
  ])(
    'answers 404 for a %s that is not in the catalog, and sends to none',
    async (_, targets, ref) => {
      const response = await portal.post({ ...valid, ...targets });
      expect(response.status).toBe(404);
      expect(response.body.error.message).toBe(`Not in the catalog: ${ref}`);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'nonsense',
  ])('refuses the content type %s', async type => {
    const response = await portal
      .call('post', '/notifications')
      .set('notifications-secret', SECRET)
      .set('Content-Type', type)
      .send(JSON.stringify(valid))
      .expect(400);
    expect(response.body.error.message).toMatch(/^Header content-type: /);
  });

  it.each([
    [
      'a body in UTF-16',
      'application/json; charset=utf-16',
      Buffer.from(JSON.stringify(valid), 'utf16le'),
    ],
    [
      'bytes that are no UTF-8',
      'application/json',
      Buffer.concat([
        Buffer.from('{"origin":"o","title":"'),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('"}'),
      ]),
    ],
  ])('refuses %s', async (_, type, bytes) => {
    const response = await portal
      .call('post', '/notifications')
      .set('notifications-secret', SECRET)
      .set('Content-Type', type)
      .serialize(it => it)
      .send(bytes as never)
      .expect(400);
    expect(response.body.error.message).toBe('The body must be JSON in UTF-8');
  });

  it('refuses parameters of a send', async () => {
    const response = await portal
      .call('post', '/notifications?dryRun=true')
      .set('notifications-secret', SECRET)
      .send(valid)
      .expect(400);
    expect(response.body.error.message).toBe('Parameter dryRun: is not known');
  });

  it('refuses a request without a body', async () => {
    await portal
      .call('post', '/notifications')
      .set('notifications-secret', SECRET)
      .expect(400);
  });

  it('answers 413 to a body that is too large, also when it is small on the wire', async () => {
    const body = JSON.stringify({ ...valid, message: long(limits.bodyBytes) });
    const plain = await portal.post(body);
    expect([plain.status, plain.body.error.name]).toEqual([
      413,
      'PayloadTooLargeError',
    ]);
    const zipped = await portal
      .call('post', '/notifications')
      .set('notifications-secret', SECRET)
      .set('Content-Type', 'application/json')
      .set('Content-Encoding', 'gzip')
      .serialize(it => it)
      .send(gzipSync(body) as never);
    expect(zipped.status).toBe(413);
  });

  it.each(['', 'two words', 'ümlaut', long(limits.idempotencyKeyLength)])(
    'refuses the Idempotency-Key %j',
    async key => {
      const response = await portal
        .call('post', '/notifications')
        .set('notifications-secret', SECRET)
        .set('Idempotency-Key', key)
        .send(valid)
        .expect(400);
      expect(response.body.error.message).toMatch(/^Header idempotency-key: /);
    },
  );
});
