import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { mockCredentials } from '@backstage/backend-test-utils';
import { NotificationsClient } from '@herald/backstage-plugin-notifications-common';
import { testEngines } from '@herald/test-utils';
import request from 'supertest';
import { ADA, BOB, GUEST, people } from './__testUtils__/people';
import {
  BASE,
  SECRET,
  startNotifications,
} from './__testUtils__/startNotifications';

const databases = testEngines();

describe.each(databases.eachSupportedId())('notifications on %s', engine => {
  const start = (options?: Parameters<typeof startNotifications>[2]) =>
    startNotifications(databases, engine, options);

  it('shows a message that was sent with the secret to its user', async () => {
    const portal = await start();

    const sent = await request(portal.server)
      .post(`${BASE}/notifications`)
      .set('notifications-secret', SECRET)
      .send({
        title: 'My message title',
        message: 'I have nothing to say',
        origin: 'my-origin',
        topic: 'my topic',
        targetUsers: ['default/guest'],
        actions: [
          { title: 'my-title', url: 'http://foo.bar' },
          { title: 'another action', url: 'https://foo.foo.bar' },
        ],
      });

    expect(sent.status).toBe(200);
    expect(sent.body).toEqual({
      messageId: expect.any(String),
      msgid: sent.body.messageId,
    });
    const list = await portal.get('/notifications', GUEST);
    expect(list.body).toEqual([
      {
        id: sent.body.messageId,
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
        readByUser: false,
        archived: false,
        saved: false,
        severity: 'normal',
        isSystem: false,
        title: 'My message title',
        message: 'I have nothing to say',
        origin: 'my-origin',
        topic: 'my topic',
        actions: [
          {
            id: expect.any(String),
            title: 'my-title',
            url: 'http://foo.bar',
          },
          {
            id: expect.any(String),
            title: 'another action',
            url: 'https://foo.foo.bar',
          },
        ],
      },
    ]);
    expect(await portal.titles(BOB, 'messageScope=all')).toEqual([]);
  });

  it('reaches the members of a group, through subgroups, and nobody else', async () => {
    const portal = await start();
    await portal.send({
      title: 'company',
      targetGroups: ['default/company'],
    });
    await portal.send({
      title: 'department',
      targetGroups: ['group:default/department'],
    });
    await portal.send({ title: 'team', targetGroups: ['Default/Team'] });

    expect(await portal.titles(GUEST)).toEqual([
      'team',
      'department',
      'company',
    ]);
    expect(await portal.titles(ADA)).toEqual(['department', 'company']);
    expect(await portal.titles(BOB)).toEqual([]);
  });

  it('ends where groups are each other’s parents', async () => {
    const portal = await start();
    await portal.send({ title: 'ring', targetGroups: ['default/ring-b'] });

    expect(await portal.titles('user:default/rita')).toEqual(['ring']);
  });

  it('shows a message without targets to everybody, as a system message', async () => {
    const portal = await start();
    await portal.send({ title: 'everybody' });
    await portal.send({ title: 'bob', targetUsers: ['default/bob'] });

    expect(await portal.titles(BOB)).toEqual(['bob']);
    expect(await portal.titles(BOB, 'messageScope=system')).toEqual([
      'everybody',
    ]);
    expect(await portal.titles(BOB, 'messageScope=all')).toEqual([
      'bob',
      'everybody',
    ]);
    expect(await portal.titles(ADA, 'messageScope=all')).toEqual(['everybody']);
    const [message] = (
      await portal.get('/notifications?messageScope=system', ADA)
    ).body;
    expect(message.isSystem).toBe(true);
  });

  it('counts a target once that is named twice, and a message once that comes through two groups', async () => {
    const portal = await start();
    await portal.send({
      title: 'once',
      targetUsers: ['default/guest', 'user:default/guest', 'Default/Guest'],
      targetGroups: ['default/team', 'default/company'],
    });

    expect(await portal.titles(GUEST)).toEqual(['once']);
    expect(await portal.count(GUEST)).toBe(1);
    expect(await portal.count(GUEST, 'read=false')).toBe(1);
  });

  it('marks messages as read and unread, for this user only', async () => {
    const portal = await start();
    const one = await portal.send({
      title: 'one',
      targetGroups: ['default/company'],
    });
    const two = await portal.send({
      title: 'two',
      targetGroups: ['default/company'],
    });
    await portal.send({ title: 'three', targetGroups: ['default/company'] });

    const marked = await portal.put(
      `/notifications/read?messageId=${one}&messageId=${two}&read=true`,
      GUEST,
    );
    expect([marked.status, marked.text]).toEqual([200, '']);
    expect(await portal.titles(GUEST, 'read=false')).toEqual(['three']);
    expect(await portal.titles(GUEST, 'read=true')).toEqual(['two', 'one']);
    expect(await portal.count(GUEST, 'read=false')).toBe(1);
    expect(await portal.count(GUEST, 'read=true')).toBe(2);
    expect(await portal.count(ADA, 'read=false')).toBe(3);

    await portal.put(`/notifications/read?messageId=${two}&read=false`, GUEST);
    expect(await portal.titles(GUEST, 'read=false')).toEqual(['three', 'two']);
    expect(await portal.count(GUEST, 'read=false')).toBe(2);
  });

  it('answers 404 for somebody else’s message among one’s own, and changes none', async () => {
    const portal = await start();
    const mine = await portal.send({ targetUsers: ['default/guest'] });
    const theirs = await portal.send({ targetUsers: ['default/ada'] });

    const response = await portal.put(
      `/notifications/read?messageId=${mine}&messageId=${theirs}&read=true`,
      GUEST,
    );

    expect(response.status).toBe(404);
    expect(response.body.error.message).toContain(theirs);
    expect(response.body.error.message).not.toContain(mine);
    expect(await portal.count(GUEST, 'read=false')).toBe(1);
    expect(await portal.count(ADA, 'read=false')).toBe(1);
  });

  it('finds text in title and message in any case, in any script, and takes wildcards literally', async () => {
    const portal = await start();
    const send = (title: string, message?: string) =>
      portal.send({ title, message, targetUsers: ['default/guest'] });
    await send('Straße gesperrt');
    await send('ПРИВЕТ', 'Мир');
    await send('100% done');
    await send('snake_case');
    await send('plain', 'RÉSUMÉ of the week');
    await send('back\\slash');

    const found = (text: string) =>
      portal.titles(
        GUEST,
        new URLSearchParams({ containsText: text }).toString(),
      );
    expect(await found('STRASSE')).toEqual(['Straße gesperrt']);
    expect(await found('привет')).toEqual(['ПРИВЕТ']);
    expect(await found('мИР')).toEqual(['ПРИВЕТ']);
    expect(await found('%')).toEqual(['100% done']);
    expect(await found('_')).toEqual(['snake_case']);
    expect(await found('résumé')).toEqual(['plain']);
    expect(await found('\\')).toEqual(['back\\slash']);
    expect(await portal.count(GUEST, 'containsText=PLAIN')).toBe(1);
  });

  it('filters by createdAfter strictly', async () => {
    const portal = await start();
    await portal.send({ title: 'one', targetUsers: ['default/guest'] });
    const [{ created }] = (await portal.get('/notifications', GUEST)).body;
    const before = new Date(Date.parse(created) - 1).toISOString();

    expect(await portal.titles(GUEST, `createdAfter=${created}`)).toEqual([]);
    expect(await portal.titles(GUEST, `createdAfter=${before}`)).toEqual([
      'one',
    ]);
    expect(await portal.count(GUEST, `createdAfter=${created}`)).toBe(0);
    expect(
      await portal.count(GUEST, `createdAfter=${created}&read=false`),
    ).toBe(0);
  });

  it('orders by each field, both ways, the same on every engine', async () => {
    const portal = await start();
    for (const [title, topic, origin] of [
      ['banana', 'x', 'Z'],
      ['Apple', undefined, 'a'],
      ['cherry', 'a', 'b'],
      ['Äpfel', 'B', 'c'],
    ] as const) {
      await portal.send({
        title,
        topic,
        origin,
        message: title,
        targetUsers: ['default/guest'],
      });
    }
    const ordered = (orderBy: string, orderByDirec: string) =>
      portal.titles(GUEST, `orderBy=${orderBy}&orderByDirec=${orderByDirec}`);

    expect(await ordered('title', 'asc')).toEqual([
      'Apple',
      'banana',
      'cherry',
      'Äpfel',
    ]);
    expect(await ordered('title', 'desc')).toEqual([
      'Äpfel',
      'cherry',
      'banana',
      'Apple',
    ]);
    expect(await ordered('message', 'asc')).toEqual([
      'Apple',
      'banana',
      'cherry',
      'Äpfel',
    ]);
    expect(await ordered('topic', 'asc')).toEqual([
      'Apple',
      'Äpfel',
      'cherry',
      'banana',
    ]);
    expect(await ordered('origin', 'asc')).toEqual([
      'banana',
      'Apple',
      'cherry',
      'Äpfel',
    ]);
    expect(await ordered('created', 'asc')).toEqual([
      'banana',
      'Apple',
      'cherry',
      'Äpfel',
    ]);
  });

  it('pages by number, by cursor, and not at all', async () => {
    const portal = await start();
    for (let i = 1; i <= 7; i++) {
      await portal.send({ title: `m${i}`, targetUsers: ['default/guest'] });
    }

    expect(await portal.titles(GUEST, 'pageSize=3')).toEqual([
      'm7',
      'm6',
      'm5',
    ]);
    expect(await portal.titles(GUEST, 'pageSize=3&pageNumber=3')).toEqual([
      'm1',
    ]);
    expect(await portal.titles(GUEST, 'pageSize=3&pageNumber=4')).toEqual([]);
    expect(await portal.titles(GUEST, 'pageSize=0&pageNumber=0')).toHaveLength(
      7,
    );
    expect(
      await portal.titles(GUEST, 'pageSize=3&pageNumber=2&orderBy=title'),
    ).toEqual(['m4', 'm3', 'm2']);

    for (const direction of ['asc', 'desc']) {
      const walked: string[] = [];
      let query: string | undefined = `?pageSize=3&orderByDirec=${direction}`;
      while (query) {
        const page: request.Response = await portal.get(
          `/notifications${query}`,
          GUEST,
        );
        walked.push(...page.body.map((m: { title: string }) => m.title));
        query = /<(.*)>; rel="next"/.exec(page.headers.link ?? '')?.[1];
      }
      const all = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'];
      expect(walked).toEqual(direction === 'asc' ? all : all.reverse());
    }
  });

  it('keeps to the cursor while messages arrive', async () => {
    const portal = await start();
    for (const title of ['m1', 'm2', 'm3', 'm4']) {
      await portal.send({ title, targetUsers: ['default/guest'] });
    }
    const first = await portal.get('/notifications?pageSize=2', GUEST);
    await portal.send({ title: 'm5', targetUsers: ['default/guest'] });
    const [, next] = /<\?(.*)>/.exec(first.headers.link) ?? [];

    expect(await portal.titles(GUEST, next)).toEqual(['m2', 'm1']);
  });

  it('counts all that match into X-Total-Count when asked, readable from other origins', async () => {
    const portal = await start();
    for (let i = 0; i < 3; i++) {
      await portal.send({ targetUsers: ['default/guest'] });
    }

    const counted = await portal.get(
      '/notifications?pageSize=1&total=true',
      GUEST,
    );
    expect(counted.headers['x-total-count']).toBe('3');
    expect(counted.headers['access-control-expose-headers']).toBe(
      'Link, X-Total-Count',
    );
    const plain = await portal.get('/notifications?pageSize=1', GUEST);
    expect(plain.headers).not.toHaveProperty('x-total-count');
  });

  it('sends once for one Idempotency-Key, even when many send at once', async () => {
    const portal = await start();
    const attempt = (title: string) =>
      request(portal.server)
        .post(`${BASE}/notifications`)
        .set('notifications-secret', SECRET)
        .set('Idempotency-Key', 'build-1')
        .send({ origin: 'ci', title, targetUsers: ['default/guest'] });

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => attempt('built')),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    expect(new Set(answers.map(({ body }) => body.messageId)).size).toBe(1);
    expect(await portal.titles(GUEST)).toEqual(['built']);
    const other = await attempt('another body');
    expect(other.status).toBe(409);
    expect(other.body.error.message).toMatch(/idempotency-key/);
    expect(await portal.titles(GUEST)).toEqual(['built']);
  });

  it('repeats its answer to a known key while the catalog is down', async () => {
    let isDown = false;
    const portal = await start({
      catalog: createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => {
          const catalog = catalogServiceMock({ entities: people });
          return new Proxy(catalog, {
            get: (_, property) => {
              if (isDown) throw new Error('the catalog is down');
              return Reflect.get(catalog, property)?.bind(catalog);
            },
          });
        },
      }),
    });
    const attempt = (key: string) =>
      portal
        .call('post', '/notifications')
        .set('notifications-secret', SECRET)
        .set('Idempotency-Key', key)
        .send({ origin: 'o', title: 't', targetUsers: ['default/guest'] });

    const { body: first } = await attempt('known').expect(200);
    isDown = true;
    expect((await attempt('known').expect(200)).body).toEqual(first);
    await attempt('new').expect(503);
  });

  it('is what the typed client speaks', async () => {
    const portal = await start();
    const clientOf = (authorization: string) =>
      new NotificationsClient({
        discoveryApi: {
          getBaseUrl: async id =>
            `http://127.0.0.1:${portal.server.port()}/api/${id}`,
        },
        fetchApi: {
          fetch: (url, init) =>
            fetch(url, {
              ...init,
              headers: { ...init?.headers, Authorization: authorization },
            }),
        },
      });
    const plugin = clientOf(mockCredentials.service.header());
    const guest = clientOf(mockCredentials.user.header(GUEST));

    const sent: string[] = [];
    for (const title of ['one', 'two', 'three']) {
      const { messageId } = await plugin.sendNotification(
        { origin: 'o', title, targetGroups: ['default/team'] },
        { idempotencyKey: title },
      );
      sent.unshift(messageId);
    }
    const first = await guest.listNotifications({ pageSize: 2, total: true });
    const second = await guest.listNotifications({
      pageSize: 2,
      cursor: first.nextCursor,
    });
    expect(first.totalCount).toBe(3);
    expect(second.nextCursor).toBeUndefined();
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(sent);

    await guest.updateRead({ messageId: sent.slice(1), read: true });
    expect(await guest.countNotifications({ read: false })).toBe(1);
    await expect(plugin.listNotifications()).rejects.toMatchObject({
      statusCode: 403,
    });
  });
});
