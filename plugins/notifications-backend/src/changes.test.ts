import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { SendNotification } from '@herald/backstage-plugin-notifications-common';
import { openStream, testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';
import { until } from './processing/__testUtils__/until';

const databases = testEngines();
type Portal = Awaited<ReturnType<typeof startNotifications>>;

describe.each(databases.eachSupportedId())(
  'what can be changed afterwards on %s',
  engine => {
    const start = (options?: Parameters<typeof startNotifications>[2]) =>
      startNotifications(databases, engine, options);

    /** Everybody has the permissions, and only those who are named administer. */
    const startWithout = (administrators: string[] = []) =>
      start({
        config: { permission: { enabled: false } },
        notifications: { administrators, broadcasters: [ADA] },
      });
    const sendAs = async (
      portal: Portal,
      userRef: string,
      notification: Partial<SendNotification> = {},
    ): Promise<string> => {
      const { body } = await portal
        .by(userRef, 'post', '/notifications')
        .send({
          origin: 'tests',
          title: 'A title',
          targetUsers: ['default/guest'],
          ...notification,
        })
        .expect(200);
      return body.messageId;
    };

    it('lets the sender correct a message: its place and who has read it stay as they were', async () => {
      const portal = await startWithout();
      const id = await sendAs(portal, ADA, {
        message: 'old text',
        link: '/old',
        metadata: { a: 1 },
      });
      await sendAs(portal, ADA, { title: 'newer' });
      await portal
        .put(`/notifications/read?messageId=${id}&read=true`, GUEST)
        .expect(200);

      const { body } = await portal
        .by(ADA, 'patch', `/notifications/${id}`)
        .send({
          title: 'Better',
          link: null,
          actions: [{ title: 'go', url: '/go' }],
        })
        .expect(200);

      expect(body).toMatchObject({ title: 'Better', message: 'old text' });
      expect(await portal.titles(GUEST)).toEqual(['newer', 'Better']);
      const seen = await portal.get(`/notifications/${id}`, GUEST);
      expect(seen.body).toMatchObject({
        ...body,
        readByUser: true,
        metadata: { a: 1 },
        actions: [{ title: 'go', url: '/go' }],
      });
      expect(seen.body.link).toBeUndefined();
      expect(await portal.titles(GUEST, 'containsText=BETT')).toEqual([
        'Better',
      ]);
    });

    it.each([
      ['an empty correction', {}],
      ['an unknown field', { sender: 'me' }],
      ['what cannot be corrected', { origin: 'other' }],
      ['a title that is taken away', { title: null }],
      ['a blank title', { title: ' ' }],
    ])('refuses %s', async (_, correction) => {
      const portal = await startWithout();
      const id = await sendAs(portal, ADA);
      await portal
        .by(ADA, 'patch', `/notifications/${id}`)
        .send(correction)
        .expect(400);
      expect(await portal.titles(GUEST)).toEqual(['A title']);
    });

    it('hides and shows a message when its expiry is corrected, read or not', async () => {
      const portal = await startWithout();
      const id = await sendAs(portal, ADA);
      const correct = (expiresAt: string | null) =>
        portal
          .by(ADA, 'patch', `/notifications/${id}`)
          .send({ expiresAt })
          .expect(200);
      await portal
        .put(`/notifications/read?messageId=${id}&read=false`, GUEST)
        .expect(200);
      await correct('2020-01-01T00:00:00Z');
      expect(await portal.titles(GUEST)).toEqual([]);
      expect(await portal.count(GUEST, 'read=false')).toBe(0);
      await portal.get(`/notifications/${id}`, GUEST).expect(404);
      await correct(null);
      expect(await portal.titles(GUEST)).toEqual(['A title']);
      expect(await portal.count(GUEST, 'read=false')).toBe(1);
    });

    it('withdraws a message for everybody', async () => {
      const portal = await startWithout();
      const id = await sendAs(portal, ADA, { targetGroups: ['default/team'] });
      await portal.by(ADA, 'delete', `/notifications/${id}`).expect(204);
      expect(await portal.titles(GUEST, 'messageScope=all')).toEqual([]);
      expect(await portal.count(GUEST, 'read=false')).toBe(0);
      await portal.by(ADA, 'delete', `/notifications/${id}`).expect(404);
      await portal
        .by(ADA, 'patch', `/notifications/${id}`)
        .send({ title: 'x' })
        .expect(404);
    });

    it('lets nobody but its sender and administrators change a message, and tells the audit log', async () => {
      const auditor = mockServices.auditor.mock();
      const entry = { success: jest.fn(), fail: jest.fn() };
      auditor.createEvent.mockResolvedValue(entry);
      const portal = await start({
        features: [auditor.factory],
        config: { permission: { enabled: false } },
        notifications: { administrators: ['group:default/department'] },
      });
      const id = await sendAs(portal, BOB);
      const patch = (userRef: string) =>
        portal
          .by(userRef, 'patch', `/notifications/${id}`)
          .send({ title: `by ${userRef}` });
      await portal
        .call('patch', `/notifications/${id}`)
        .set('Authorization', mockCredentials.none.header())
        .set('notifications-secret', 'test-secret')
        .send({ title: 'x' })
        .expect(401);
      const { body } = await patch('user:default/rita').expect(403);
      expect(body.error.message).toContain('notifications.administrators');
      await portal
        .by('user:default/rita', 'delete', `/notifications/${id}`)
        .expect(403);
      expect(entry.fail).toHaveBeenCalledTimes(3);
      await patch(BOB).expect(200);
      await patch(ADA).expect(200);
      await portal.by(ADA, 'delete', `/notifications/${id}`).expect(204);
      expect(entry.success).toHaveBeenCalledTimes(3);
      expect(auditor.createEvent).toHaveBeenLastCalledWith(
        expect.objectContaining({
          eventId: 'withdraw',
          meta: { caller: ADA, messageId: id },
        }),
      );
    });

    it('lets a plugin administer only where it is named, with permissions switched off', async () => {
      const erase = async (administrators: string[]) => {
        const portal = await startWithout(administrators);
        return portal
          .call('delete', `/people?userRef=${BOB}`)
          .set('Authorization', mockCredentials.service.header());
      };
      expect((await erase([])).status).toBe(403);
      expect((await erase(['service:external:test-service'])).status).toBe(200);
    });

    it('takes the permission to administer, where the framework decides', async () => {
      const permissions = mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result:
              permission.name === 'notifications.administer'
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          })),
      });
      const portal = await start({
        permission: 'host',
        features: [permissions.factory],
      });
      const id = await sendAs(portal, ADA);
      await portal.by(BOB, 'delete', `/notifications/${id}`).expect(403);
      await portal.by(BOB, 'get', '/preferences/defaults').expect(403);
      await portal.by(BOB, 'delete', `/people?userRef=${ADA}`).expect(403);
      await portal.by(ADA, 'delete', `/notifications/${id}`).expect(204);
    });

    it('sends later what is to be sent later, and not what was withdrawn', async () => {
      const portal = await startWithout();
      const soon = () => new Date(Date.now() + 1_000).toISOString();
      const withdrawn = await sendAs(portal, ADA, {
        title: 'withdrawn',
        sendAt: soon(),
      });
      const sent = await sendAs(portal, ADA, {
        title: 'later',
        sendAt: soon(),
      });
      const far = await sendAs(portal, ADA, {
        title: 'far',
        sendAt: '2126-01-01T00:00:00Z',
      });
      const corrected = await portal
        .by(ADA, 'patch', `/notifications/${sent}`)
        .send({ message: 'corrected before' })
        .expect(200);
      expect(corrected.body).toMatchObject({
        id: sent,
        title: 'later',
        message: 'corrected before',
      });
      await portal.by(BOB, 'delete', `/notifications/${withdrawn}`).expect(403);
      await portal.by(ADA, 'delete', `/notifications/${withdrawn}`).expect(204);
      expect(await portal.titles(GUEST)).toEqual([]);
      await portal.get(`/notifications/${far}`, GUEST).expect(404);

      const stream = await openStream(
        `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
        { Authorization: mockCredentials.user.header(GUEST) },
      );
      const told = await stream.until(({ event }) => event === 'message');
      stream.close();
      expect(JSON.parse(told.data)).toMatchObject({
        id: sent,
        title: 'later',
        message: 'corrected before',
      });
      expect(await portal.titles(GUEST)).toEqual(['later']);
    });

    it.each([
      ['get', ''],
      ['post', '/read'],
      ['put', 'read'],
      ['put', 'archived'],
      ['put', 'saved'],
      ['put', 'read/all'],
    ] as const)(
      'lets nobody reach what is another’s: %s %s',
      async (method, what) => {
        const portal = await start();
        const id = await portal.send({ targetUsers: ['default/guest'] });
        const paths: Record<string, string> = {
          '': `/notifications/${id}`,
          '/read': `/notifications/${id}/read`,
          'read/all': `/notifications/read/all?upTo=${id}`,
        };
        const path =
          paths[what] ?? `/notifications/${what}?messageId=${id}&${what}=true`;
        await portal.by(BOB, method, path).expect(404);
        expect(
          (await portal.get(`/notifications/${id}`, GUEST)).body,
        ).toMatchObject({ readByUser: false, archived: false, saved: false });
        await portal.by(GUEST, method, path).expect(200);
      },
    );

    it('refuses what would expire before it is sent', async () => {
      const portal = await startWithout();
      const { body } = await portal
        .by(ADA, 'post', '/notifications')
        .send({
          origin: 'o',
          title: 't',
          targetUsers: ['default/guest'],
          sendAt: '2126-01-02T00:00:00Z',
          expiresAt: '2126-01-01T00:00:00Z',
        })
        .expect(400);
      expect(body.error.message).toMatch(/^Field expiresAt: /);
    });

    it('refuses to let what waits expire before it is sent', async () => {
      const portal = await startWithout();
      const { body: sent } = await portal
        .by(ADA, 'post', '/notifications')
        .send({
          origin: 'o',
          title: 't',
          targetUsers: ['default/guest'],
          sendAt: '2126-01-02T00:00:00Z',
        })
        .expect(200);
      const expireAt = (expiresAt: string) =>
        portal
          .by(ADA, 'patch', `/notifications/${sent.messageId}`)
          .send({ expiresAt });
      for (const expiresAt of [
        '2126-01-01T00:00:00Z',
        '2126-01-02T00:00:00Z',
      ]) {
        const { body } = await expireAt(expiresAt).expect(400);
        expect(body.error.message).toMatch(/^Field expiresAt: /);
      }
      await expireAt('2126-01-02T00:00:01Z').expect(200);
    });

    it('marks all that match as read, up to the newest that was seen', async () => {
      const portal = await start();
      const guest = { targetUsers: ['default/guest'] };
      const old = await portal.send({ ...guest, title: 'old' });
      const high = await portal.send({
        ...guest,
        title: 'high',
        severity: 'high',
      });
      await portal.send({ title: 'for all' });
      await portal.send({ ...guest, title: 'new' });
      const unread = () => portal.titles(GUEST, 'messageScope=all&read=false');
      const all = (query: string) =>
        portal.put(`/notifications/read/all?${query}`, GUEST);

      await all('severity=high').expect(200);
      expect(await unread()).toEqual(['new', 'for all', 'old']);
      await all(`upTo=${high}`).expect(200);
      expect(await unread()).toEqual(['new', 'for all']);
      await all('messageScope=system').expect(200);
      expect(await unread()).toEqual(['new']);
      await portal
        .put(`/notifications/read?messageId=${old}&read=false`, GUEST)
        .expect(200);
      await all('messageScope=all').expect(200);
      expect(await unread()).toEqual([]);
      await all('upTo=0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11').expect(404);
      await all('upTo=7').expect(400);
      await all('upToDate=2026-11-22T08:00:00Z').expect(400);
      await all(`upTo=${old}&upToDate=yesterday`).expect(400);
      await all('read=true').expect(400);
    });

    it('marks all as read up to a message as it was seen, and not what came until it was sent again', async () => {
      const portal = await start();
      const guest = { targetUsers: ['default/guest'] };
      const id = await portal.send({ ...guest, title: 'A1', scope: 'a' });
      const { body: seen } = await portal.get(`/notifications/${id}`, GUEST);
      await until(async () => Date.now() > Date.parse(seen.created));
      const { body: b } = await portal.get(
        `/notifications/${await portal.send({ ...guest, title: 'B' })}`,
        GUEST,
      );
      await until(async () => Date.now() > Date.parse(b.created));
      await portal.send({ ...guest, title: 'A2', scope: 'a' });
      const all = (query: string) =>
        portal.put(`/notifications/read/all?upTo=${id}${query}`, GUEST);

      await all(`&upToDate=${seen.created}`).expect(200);
      expect(await portal.titles(GUEST, 'read=false')).toEqual(['A2', 'B']);
      const { body: again } = await portal.get(`/notifications/${id}`, GUEST);
      await all(`&upToDate=${again.updated}`).expect(200);
      expect(await portal.titles(GUEST, 'read=false')).toEqual([]);
      await portal
        .put(`/notifications/read/all?upTo=${id}&upToDate=${b.created}`, BOB)
        .expect(404);
    });

    it('marks all as read up to a message that has expired since', async () => {
      const portal = await start();
      const guest = { targetUsers: ['default/guest'] };
      await portal.send(guest);
      const id = await portal.send({
        ...guest,
        expiresAt: new Date(Date.now() + 300).toISOString(),
      });
      await portal.send({ ...guest, title: 'new' });
      for (let status = 200; status !== 404; ) {
        ({ status } = await portal.get(`/notifications/${id}`, GUEST));
      }
      await portal.put(`/notifications/read/all?upTo=${id}`, GUEST).expect(200);
      expect(await portal.titles(GUEST, 'read=false')).toEqual(['new']);
      await portal.put(`/notifications/read/all?upTo=${id}`, BOB).expect(404);
    });

    it('tells every stream of a person what was done, and nobody else', async () => {
      const portal = await startWithout();
      const follow = (userRef: string) =>
        openStream(
          `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
          { Authorization: mockCredentials.user.header(userRef) },
        );
      const streams = await Promise.all([GUEST, GUEST, BOB].map(follow));
      await Promise.all(
        streams.map(stream => stream.until(({ event }) => event === 'ready')),
      );
      const id = await sendAs(portal, ADA, { scope: 'one' });
      const put = (path: string) => portal.put(path, GUEST).expect(200);
      await put(`/notifications/saved?messageId=${id}&saved=true`);
      await put(`/notifications/archived?messageId=${id}&archived=true`);
      await put('/notifications/read/all');
      await portal
        .by(ADA, 'patch', `/notifications/${id}`)
        .send({ title: 'Better' })
        .expect(200);
      await sendAs(portal, ADA, { scope: 'one', title: 'again' });
      await portal.by(ADA, 'delete', `/notifications/${id}`).expect(204);

      const [one, other, bob] = streams;
      await Promise.all(
        [one, other].map(stream =>
          stream.until(({ event }) => event === 'withdrawal'),
        ),
      );
      await portal.send({ title: 'to bob', targetUsers: ['default/bob'] });
      await bob.until(({ data }) => data.includes('to bob'));
      const told = (stream: typeof one) =>
        stream.events
          .filter(({ event = '' }) => !['ping', 'ready'].includes(event))
          .map(({ event, data }) => [event, JSON.parse(data)]);
      expect(told(one)).toMatchObject([
        ['message', { id, title: 'A title', saved: false }],
        ['saved', { messageIds: [id], saved: true }],
        ['archived', { messageIds: [id], archived: true }],
        ['refresh', {}],
        ['correction', { id, title: 'Better' }],
        ['message', { id, title: 'again', saved: true, readByUser: false }],
        ['withdrawal', { messageIds: [id] }],
      ]);
      expect(told(one)[4][1]).not.toHaveProperty('readByUser');
      expect(told(other)).toEqual(told(one));
      expect(told(bob)).toMatchObject([['message', { title: 'to bob' }]]);
      streams.forEach(stream => stream.close());
    });
  },
);
