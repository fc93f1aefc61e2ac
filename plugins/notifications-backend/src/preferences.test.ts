import { mockCredentials } from '@backstage/backend-test-utils';
import { openStream, testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();
const web = (origin: string | undefined, enabled: boolean, topic?: string) => ({
  channel: 'web',
  origin,
  topic,
  enabled,
});

describe.each(databases.eachSupportedId())('preferences on %s', engine => {
  const start = async () => {
    const portal = await startNotifications(databases, engine);
    for (const [origin, topic] of [
      ['ci', 'main'],
      ['ci', 'nightly'],
      ['hr', undefined],
      ['ops', 'main'],
    ]) {
      await portal.send({
        title: `${origin} ${topic}`,
        origin,
        topic,
        targetUsers: ['default/guest'],
      });
    }
    const put = (rules: object[], userRef = GUEST) =>
      portal.by(userRef, 'put', '/preferences').send({ rules });
    const setDefaults = (defaults: object) =>
      portal
        .by(ADA, 'put', '/preferences/defaults')
        .send({ rules: [], mandatoryOrigins: [], ...defaults });
    return { portal, put, setDefaults };
  };

  it('hides what is muted from list and count, and brings it back', async () => {
    const { portal, put } = await start();
    await put([web('ci', false), web('ci', true, 'nightly')]).expect(200);
    expect(await portal.titles(GUEST)).toEqual([
      'ops main',
      'hr undefined',
      'ci nightly',
    ]);
    expect(await portal.count(GUEST, 'read=false')).toBe(3);
    await put([web(undefined, false, 'main')]).expect(200);
    expect(await portal.titles(GUEST)).toEqual(['hr undefined', 'ci nightly']);
    await put([]).expect(200);
    expect(await portal.count(GUEST, 'read=false')).toBe(4);
  });

  it('refuses rules that differ by the case of their channel', async () => {
    const { put } = await start();
    const { body } = await put([
      web('ci', false),
      { ...web('ci', true), channel: 'WEB' },
    ]).expect(400);
    expect(body.error.message).toMatch(/^Field rules: /);
  });

  it.each([
    ['origin', { origin: 'a\u001fb', topic: 'c' }],
    ['topic', { origin: 'a', topic: 'b\u001fc' }],
  ])(
    'takes no control characters in the %s of a message',
    async (field, of) => {
      const { portal } = await start();
      const { body } = await portal.post({ title: 't', ...of }).expect(400);
      expect(body.error.message).toMatch(
        new RegExp(`^Field ${field}: must not contain control characters`),
      );
    },
  );

  it('shows one that is muted to who follows its link', async () => {
    const { portal, put } = await start();
    await put([web('hr', false)]).expect(200);
    const id = await portal.send({
      origin: 'hr',
      targetUsers: ['default/guest'],
    });
    await portal.get(`/notifications/${id}`, GUEST).expect(200);
  });

  it('answers rules, defaults and what there is to choose from, muted or not', async () => {
    const { portal, put, setDefaults } = await start();
    await setDefaults({
      rules: [web('news', false)],
      mandatoryOrigins: ['security'],
    }).expect(200);
    const { body } = await put([web('ci', false)]).expect(200);
    expect(body).toEqual({
      channels: ['web'],
      rules: [{ channel: 'web', origin: 'ci', enabled: false }],
      defaults: {
        rules: [{ channel: 'web', origin: 'news', enabled: false }],
        mandatoryOrigins: ['security'],
      },
      origins: [
        { origin: 'ci', topics: ['main', 'nightly'] },
        { origin: 'hr', topics: [] },
        { origin: 'ops', topics: ['main'] },
      ],
    });
    expect((await portal.get('/preferences', GUEST)).body).toEqual(body);
    expect((await portal.get('/preferences', BOB)).body).toMatchObject({
      rules: [],
      origins: [],
    });
  });

  it('follows the defaults where a person has said nothing, and mandatory origins always', async () => {
    const { portal, put, setDefaults } = await start();
    await setDefaults({ rules: [web('ci', false)] }).expect(200);
    expect(await portal.count(GUEST)).toBe(2);
    await put([web('ci', true), web('hr', false)]).expect(200);
    expect(await portal.titles(GUEST)).toEqual([
      'ops main',
      'ci nightly',
      'ci main',
    ]);

    await setDefaults({ mandatoryOrigins: ['hr', 'ops'] }).expect(200);
    expect(await portal.count(GUEST)).toBe(4);
    const { body } = await put([web('hr', false), web('ops', false)]).expect(
      400,
    );
    expect(body.error.message).toMatch(/^Field rules\.1\.origin: .*ops/);
    expect(await portal.count(GUEST)).toBe(4);
    // What was there before is no longer of use, and in nobody's way.
    await put([web('hr', false), web('ci', false)]).expect(200);
    expect(await portal.titles(GUEST)).toEqual(['ops main', 'hr undefined']);
  });

  it.each([
    [
      'a channel that does not exist',
      [{ channel: 'pigeon', origin: 'ci', enabled: false }],
      'rules.0.channel',
    ],
    [
      'a rule for nothing',
      [{ channel: 'web', enabled: false }],
      'rules.0.origin',
    ],
    ['two rules for the same', [web('ci', false), web('ci', true)], 'rules'],
    [
      'too many',
      Array.from({ length: 201 }, (_, i) => web(`o${i}`, false)),
      'rules',
    ],
    [
      'an unknown field',
      [{ ...web('ci', false), until: 'later' }],
      'rules.0.until',
    ],
  ])('refuses %s and keeps what was there', async (_, rules, field) => {
    const { portal, put, setDefaults } = await start();
    await put([web('hr', false)]).expect(200);
    for (const refused of [
      await put(rules).expect(400),
      await setDefaults({ rules }).expect(400),
    ]) {
      expect(refused.body.error.message).toMatch(
        new RegExp(`^Field ${field.replaceAll('.', '\\.')}:`),
      );
    }
    expect((await portal.get('/preferences', GUEST)).body.rules).toEqual([
      { channel: 'web', origin: 'hr', enabled: false },
    ]);
  });

  it('holds for a stream that is open, from the moment it is said', async () => {
    const { portal, put, setDefaults } = await start();
    const stream = await openStream(
      `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
      { Authorization: mockCredentials.user.header(GUEST) },
    );
    await stream.until(({ event }) => event === 'ready');
    const refreshes = () =>
      stream.events.filter(({ event }) => event === 'refresh').length;
    await put([web('ci', false)]).expect(200);
    await stream.until(() => refreshes() === 1);
    await setDefaults({ rules: [web('ops', false)] }).expect(200);
    const forAll = await stream.until(
      ({ event, data }) => event === 'refresh' && data !== '{}',
    );
    expect(JSON.parse(forAll.data)).toEqual({ everyone: true });
    expect(refreshes()).toBe(2);
    for (const origin of ['ci', 'ops', 'hr']) {
      await portal.send({
        title: `live ${origin}`,
        origin,
        targetUsers: ['default/guest'],
      });
    }
    await stream.until(({ data }) => data.includes('live hr'));
    stream.close();
    const told = stream.events.map(({ data }) => data).join('\n');
    expect(told).not.toContain('live ci');
    expect(told).not.toContain('live ops');
  });
});
