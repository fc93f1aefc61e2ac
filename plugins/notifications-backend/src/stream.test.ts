import {
  createServiceFactory,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { OpenedStream, openStream, testEngines } from '@herald/test-utils';
import { EventSourceMessage } from 'eventsource-parser';
import { once } from 'node:events';
import { connect } from 'node:net';
import { ADA, GUEST, people } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();
type Portal = Awaited<ReturnType<typeof startNotifications>>;

const isMessage =
  (title: string) =>
  ({ event, data }: EventSourceMessage) =>
    event === 'message' && JSON.parse(data).title === title;
const isA =
  (name: string) =>
  ({ event }: EventSourceMessage) =>
    event === name;
/** What a reader has been told, in words. */
const told = (events: EventSourceMessage[]) =>
  events
    .filter(({ event }) => event !== 'ping')
    .map(({ event = '', data }) =>
      event === 'message' ? JSON.parse(data).title : event,
    );

describe.each(databases.eachSupportedId())('the stream on %s', engine => {
  const open: OpenedStream[] = [];
  afterEach(() => {
    open.splice(0).forEach(stream => stream.close());
  });
  const start = (options?: Parameters<typeof startNotifications>[2]) =>
    startNotifications(databases, engine, options);
  const follow = async (
    portal: Portal,
    userRef: string,
    query = '',
    headers: Record<string, string> = {},
  ) => {
    const stream = await openStream(
      `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream?${query}`,
      { Authorization: mockCredentials.user.header(userRef), ...headers },
    );
    open.push(stream);
    return stream;
  };

  it('tells the unread backlog, then what comes, to whom it concerns', async () => {
    const portal = await start();
    const read = await portal.send({
      title: 'read before',
      targetUsers: ['default/guest'],
    });
    await portal
      .put(`/notifications/read?messageId=${read}&read=true`, GUEST)
      .expect(200);
    await portal.send({ title: 'first', targetUsers: ['default/guest'] });
    await portal.send({ title: 'second', targetGroups: ['default/company'] });

    const guest = await follow(portal, GUEST);
    const ada = await follow(portal, ADA);
    await Promise.all([guest.until(isA('ready')), ada.until(isA('ready'))]);
    await portal.send({ title: 'for ada', targetUsers: ['default/ada'] });
    await portal.send({
      title: 'for the team',
      targetGroups: ['default/team'],
    });
    await portal.send({ title: 'for everybody' });
    await Promise.all([
      guest.until(isMessage('for everybody')),
      ada.until(isMessage('for everybody')),
    ]);

    expect(told(guest.events)).toEqual([
      'first',
      'second',
      'ready',
      'for the team',
      'for everybody',
    ]);
    expect(told(ada.events)).toEqual([
      'second',
      'ready',
      'for ada',
      'for everybody',
    ]);
    const [, last] = [guest.events, guest.events.at(-1)];
    expect(JSON.parse(last?.data ?? '')).toEqual(
      (await portal.get('/notifications?messageScope=system', GUEST)).body[0],
    );
    expect(guest.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(guest.headers.get('cache-control')).toContain('no-transform');
  });

  it('begins with the read ones too when asked', async () => {
    const portal = await start();
    const id = await portal.send({
      title: 'one',
      targetUsers: ['default/guest'],
    });
    await portal
      .put(`/notifications/read?messageId=${id}&read=true`, GUEST)
      .expect(200);
    const stream = await follow(portal, GUEST, 'include_read=true');
    await stream.until(isA('ready'));
    expect(JSON.parse(stream.events[0].data)).toMatchObject({
      title: 'one',
      readByUser: true,
    });
  });

  it('tells every tab of a user what was marked in one, and nobody else', async () => {
    const portal = await start();
    const id = await portal.send({
      title: 'one',
      targetGroups: ['default/company'],
    });
    const tabs = [await follow(portal, GUEST), await follow(portal, GUEST)];
    const ada = await follow(portal, ADA);
    await Promise.all([...tabs, ada].map(stream => stream.until(isA('ready'))));

    await portal
      .put(`/notifications/read?messageId=${id}&read=true`, GUEST)
      .expect(200);
    for (const tab of tabs) {
      const { data } = await tab.until(isA('read'));
      expect(JSON.parse(data)).toEqual({ messageIds: [id], read: true });
    }
    await portal.send({ title: 'later' });
    await ada.until(isMessage('later'));
    expect(told(ada.events)).not.toContain('read');
  });

  it('loses and repeats nothing, wherever it was cut off', async () => {
    const portal = await start();
    const send = (title: string) =>
      portal.send({ title, targetUsers: ['default/guest'] });
    await send('a');
    const b = await send('b');
    const whole = await follow(portal, GUEST);
    await whole.until(isA('ready'));
    await send('c');
    await portal
      .put(`/notifications/read?messageId=${b}&read=true`, GUEST)
      .expect(200);
    await send('d');
    await whole.until(isMessage('d'));
    expect(told(whole.events)).toEqual(['a', 'b', 'ready', 'c', 'read', 'd']);

    for (const [index, { id = '' }] of whole.events.entries()) {
      for (const again of [
        await follow(portal, GUEST, '', { 'Last-Event-ID': id }),
        await follow(portal, GUEST, `after=${id}`),
      ]) {
        await again.until(isA('ready'));
        const missed = told(whole.events.slice(index + 1)).filter(
          name => name !== 'ready',
        );
        expect(told(again.events)).toEqual([...missed, 'ready']);
        again.close();
      }
    }
  });

  it('does not tell of what has expired meanwhile', async () => {
    const portal = await start();
    const stream = await follow(portal, GUEST);
    const ready = await stream.until(isA('ready'));
    stream.close();
    const guest = { targetUsers: ['default/guest'] };
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    const id = await portal.send({ title: 'short lived', expiresAt, ...guest });
    await portal.send({ title: 'lasting', ...guest });
    for (let status = 200; status !== 404; ) {
      ({ status } = await portal.get(`/notifications/${id}`, GUEST));
    }
    const again = await follow(portal, GUEST, '', {
      'Last-Event-ID': ready.id ?? '',
    });
    await again.until(isA('ready'));
    expect(told(again.events)).toEqual(['lasting', 'ready']);
  });

  it('tells of a message that is read by now as read', async () => {
    const portal = await start();
    const first = await follow(portal, GUEST);
    const { id: cursor = '' } = await first.until(isA('ready'));
    const id = await portal.send({
      title: 'one',
      targetUsers: ['default/guest'],
    });
    await portal
      .put(`/notifications/read?messageId=${id}&read=true`, GUEST)
      .expect(200);

    const again = await follow(portal, GUEST, `after=${cursor}`);
    const { data } = await again.until(isMessage('one'));
    expect(JSON.parse(data).readByUser).toBe(true);
  });

  it.each([
    ['nonsense', async () => 'nonsense'],
    [
      'of another life of the feed',
      async () =>
        Buffer.from('["0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11",1]').toString(
          'base64url',
        ),
    ],
    [
      'of the future',
      async ({ knex }: Portal) => {
        const { epoch } = await knex('herald_feed_state').first('epoch');
        return Buffer.from(JSON.stringify([epoch, 1_000_000])).toString(
          'base64url',
        );
      },
    ],
    [
      'older than what is kept',
      async ({ knex }: Portal) => {
        const { epoch } = await knex('herald_feed_state').first('epoch');
        await knex('herald_feed_state').update({ trimmed_seq: 1 });
        return Buffer.from(JSON.stringify([epoch, 0])).toString('base64url');
      },
    ],
  ])('starts over with reset when the cursor is %s', async (_, cursorOf) => {
    const portal = await start();
    await portal.send({ title: 'one', targetUsers: ['default/guest'] });
    const stream = await follow(portal, GUEST, '', {
      'Last-Event-ID': await cursorOf(portal),
    });
    await stream.until(isA('ready'));
    expect(told(stream.events)).toEqual(['reset', 'one', 'ready']);
  });

  it('pings', async () => {
    const portal = await start({
      notifications: { streams: { pingInterval: { milliseconds: 5 } } },
    });
    const stream = await follow(portal, GUEST);
    expect(await stream.until(isA('ping'))).toMatchObject({
      data: 'ping',
      id: undefined,
    });
  });

  it('hears within the poll interval of what another replica commits, with the hints dead', async () => {
    const POLL_MS = 1_000;
    const BUSY_MACHINE_MS = 1_000;
    const deadEvents = createServiceFactory({
      service: eventsServiceRef,
      deps: {},
      factory: () => ({
        publish: async () => {
          throw new Error('the event bus is down');
        },
        subscribe: async () => {},
      }),
    });
    const one = await start({ features: [deadEvents] });
    const two = await start({
      features: [deadEvents],
      knex: one.knex,
      notifications: { streams: { pollInterval: { milliseconds: POLL_MS } } },
    });
    const stream = await follow(two, GUEST);
    await stream.until(isA('ready'));
    for (const title of ['from afar', 'again', 'and again']) {
      await one.send({ title, targetUsers: ['default/guest'] });
      const sent = performance.now();
      await stream.until(isMessage(title));
      expect(performance.now() - sent).toBeLessThan(POLL_MS + BUSY_MACHINE_MS);
    }
  });

  it('bounds the streams of one user and of all, and gives a place back when one ends', async () => {
    const portal = await start({
      notifications: { streams: { maxPerUser: 2, maxInAll: 3 } },
    });
    const first = await follow(portal, GUEST);
    await follow(portal, GUEST);
    const refused = await follow(portal, GUEST);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([
      429,
      '30',
    ]);
    await follow(portal, ADA);
    expect((await follow(portal, ADA)).status).toBe(429);

    first.close();
    let { status } = refused;
    while (status === 429) {
      ({ status } = await follow(portal, GUEST));
    }
    expect(status).toBe(200);
  });

  it.each(['include_read=1', 'limit=5', `after=${'x'.repeat(501)}`])(
    'refuses %s',
    async query => {
      const portal = await start();
      const refused = await portal
        .get(`/notifications/stream?${query}`, GUEST)
        .expect(400);
      expect(refused.body.error.message).toMatch(/^Parameter /);
    },
  );

  const sendMany = async (portal: Portal, count: number) => {
    const sent: string[] = [];
    for (let i = 0; i < count; i++) {
      sent.push(
        await portal.send({ title: `m${i}`, targetUsers: ['default/guest'] }),
      );
    }
    return sent;
  };
  const begins = async (stream: OpenedStream) => {
    const ready = await stream.until(isA('ready'));
    const ids = stream.events
      .filter(({ event }) => event === 'message')
      .map(({ data }) => JSON.parse(data).id);
    return { ids, ready: JSON.parse(ready.data) };
  };

  it('tells the whole backlog over several reads', async () => {
    const portal = await start();
    const sent = await sendMany(portal, 450);
    const stream = await follow(portal, GUEST);
    expect(await begins(stream)).toEqual({ ids: sent, ready: {} });
  });

  it.each([20, 230])(
    'tells no more of a backlog than the newest %s, and says that there is more',
    async maxBacklog => {
      const portal = await start({
        notifications: { streams: { maxBacklog } },
      });
      const sent = await sendMany(portal, maxBacklog);
      expect(await begins(await follow(portal, GUEST))).toEqual({
        ids: sent,
        ready: {},
      });
      sent.push(...(await sendMany(portal, 1)));
      for (const query of ['', 'include_read=true', 'after=unknown']) {
        expect(await begins(await follow(portal, GUEST, query))).toEqual({
          ids: sent.slice(1),
          ready: { older: true },
        });
      }
    },
  );

  it('cuts off a reader who takes nothing, and gives the place back', async () => {
    const portal = await start({
      notifications: {
        streams: {
          maxPerUser: 1,
          maxPendingBytes: 1_000,
          pingInterval: { milliseconds: 5 },
          slowReaderTimeout: { milliseconds: 50 },
        },
      },
    });
    // More than the sockets between us hold.
    for (let i = 0; i < 400; i++) {
      await portal.send({
        message: '語'.repeat(10_000),
        targetUsers: ['default/guest'],
      });
    }
    const stalled = connect(portal.server.port(), '127.0.0.1');
    stalled.pause();
    stalled.write(
      `GET ${BASE}/notifications/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${mockCredentials.user.header(
        GUEST,
      )}\r\n\r\n`,
    );
    await once(stalled, 'connect');
    const statuses = new Set<number>();
    // First it has the only place; then it has lost it.
    while (!statuses.has(429) || !statuses.has(200)) {
      const { status, close } = await follow(portal, GUEST);
      statuses.add(status);
      close();
    }
    expect([...statuses]).toEqual([429, 200]);
    stalled.destroy();
  });

  it('answers HEAD without opening a stream', async () => {
    const portal = await start({
      notifications: { streams: { maxPerUser: 1 } },
    });
    for (let i = 0; i < 3; i++) {
      const { status } = await fetch(
        `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
        {
          method: 'HEAD',
          headers: { Authorization: mockCredentials.user.header(GUEST) },
        },
      );
      expect(status).toBe(200);
    }
    expect((await follow(portal, GUEST)).status).toBe(200);
  });

  it('ends when the token does', async () => {
    const portal = await start({
      features: [
        createServiceFactory({
          service: coreServices.httpAuth,
          deps: {},
          factory: () =>
            mockServices.httpAuth.mock({
              credentials: async () =>
                ({
                  ...mockCredentials.user(GUEST),
                  expiresAt: new Date(Date.now() + 50),
                } as never),
            }),
        }),
      ],
    });
    const stream = await follow(portal, GUEST);
    expect(stream.status).toBe(200);
    await stream.ended;
  });

  it('ends when the groups of its user have changed', async () => {
    let entities: Entity[] = people;
    const portal = await start({
      catalog: createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () =>
          new Proxy(catalogServiceMock({ entities }), {
            get: (_, property) => {
              const catalog = catalogServiceMock({ entities });
              return Reflect.get(catalog, property)?.bind(catalog);
            },
          }),
      }),
      notifications: {
        membershipMaxAge: { milliseconds: 1 },
        streams: { membershipCheckInterval: { milliseconds: 5 } },
      },
    });
    const guest = await follow(portal, GUEST);
    const ada = await follow(portal, ADA);
    await Promise.all([guest.until(isA('ready')), ada.until(isA('ready'))]);
    entities = people.map(entity =>
      entity.metadata.name === 'guest' ? { ...entity, relations: [] } : entity,
    );
    await guest.ended;
    // Whose messages these are has changed: what was seen is nothing to go on from.
    const { id: last } = guest.events.at(-1) ?? {};
    const back = await follow(portal, GUEST, '', {
      'Last-Event-ID': `${last}`,
    });
    await back.until(isA('ready'));
    expect(told(back.events)).toEqual(['reset', 'ready']);
    await portal.send({ title: 'still there', targetUsers: ['default/ada'] });
    expect(await ada.until(isMessage('still there'))).toBeDefined();
  });
});
