import { testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();
const forGuest = { targetUsers: ['default/guest'] };
const ALL = 'limit=100&include_read=true';

describe.each(databases.eachSupportedId())(
  'the dialect of the ZMP clients on %s',
  engine => {
    const start = () => startNotifications(databases, engine);

    it('lists the newest of all scopes, the unread ones unless told', async () => {
      const portal = await start();
      const id = await portal.send({ title: 'one', ...forGuest });
      await portal.send({ title: 'two' });
      await portal.send({ title: 'three', targetGroups: ['default/company'] });
      await portal.send({ title: 'not mine', targetUsers: ['default/ada'] });
      await portal.by(GUEST, 'post', `/notifications/${id}/read`).expect(200);

      expect(await portal.titles(GUEST, 'limit=10')).toEqual(['three', 'two']);
      expect(await portal.titles(GUEST, 'include_read=true')).toEqual([
        'three',
        'two',
        'one',
      ]);
      expect(await portal.titles(GUEST, 'limit=1&include_read=false')).toEqual([
        'three',
      ]);
      expect(await portal.titles(GUEST, 'limit=10&containsText=TW')).toEqual([
        'two',
      ]);
    });

    it.each([
      ['pageSize=5', 'pageSize'],
      ['pageNumber=1', 'pageNumber'],
      ['read=true', 'read'],
      ['messageScope=all', 'messageScope'],
    ])('does not mix with %s', async (parameter, name) => {
      const portal = await start();
      for (const recent of ['limit=5', 'include_read=true']) {
        const { body } = await portal
          .get(`/notifications?${recent}&${parameter}`, GUEST)
          .expect(400);
        expect(body.error.message).toMatch(
          new RegExp(`^Parameter ${name}: does not go with`),
        );
      }
    });

    it.each(['0', '101', '-1', 'x', '1.5', ''])(
      'refuses a limit of “%s”',
      async limit => {
        const portal = await start();
        const { body } = await portal
          .get(`/notifications?limit=${limit}`, GUEST)
          .expect(400);
        expect(body.error.message).toMatch(/^Parameter limit: /);
      },
    );

    it('answers the latest one, or that there is none', async () => {
      const portal = await start();
      await portal.get('/notifications/latest', GUEST).expect(204);
      const id = await portal.send({
        title: 'one',
        type: 'processing',
        solution: 'ZCP',
        document_title: 'Getting started',
        ...forGuest,
      });
      const { body } = await portal.get('/notifications/latest', GUEST);
      await portal
        .get('/notifications/latest?include_read=true', BOB)
        .expect(204);
      expect(body).toMatchObject({
        id,
        type: 'processing',
        solution: 'ZCP',
        document_title: 'Getting started',
      });
      await portal.by(GUEST, 'post', `/notifications/${id}/read`).expect(200);
      await portal.get('/notifications/latest', GUEST).expect(204);
      await portal
        .get('/notifications/latest?include_read=true', GUEST)
        .expect(200);
    });

    it('marks one of mine as read, and no other’s', async () => {
      const portal = await start();
      const id = await portal.send({ ...forGuest });
      await portal.by(BOB, 'post', `/notifications/${id}/read`).expect(404);
      expect(await portal.count(GUEST, 'read=false')).toBe(1);
      await portal
        .by(GUEST, 'post', `/notifications/${id.toUpperCase()}/read`)
        .expect(200);
      expect(await portal.count(GUEST, 'read=false')).toBe(0);
      const { body } = await portal
        .by(GUEST, 'post', '/notifications/7/read')
        .expect(400);
      expect(body.error.message).toMatch(/^Parameter id: must be the id/);
    });

    it('clears all of mine and nobody else’s', async () => {
      const portal = await start();
      await portal.send({ title: 'group', targetGroups: ['default/company'] });
      await portal.send({ title: 'all' });
      const kept = await portal.send({ title: 'saved', ...forGuest });
      await portal
        .put(`/notifications/saved?messageId=${kept}&saved=true`, GUEST)
        .expect(200);

      await portal.by(GUEST, 'post', '/notifications/clear').expect(200);
      await portal.send({ title: 'later' });

      expect(await portal.titles(GUEST, ALL)).toEqual(['later']);
      expect(await portal.count(GUEST, 'messageScope=all&read=false')).toBe(1);
      expect(
        await portal.titles(GUEST, 'messageScope=all&archived=true'),
      ).toEqual(['saved', 'all', 'group']);
      expect(await portal.titles(GUEST, 'messageScope=all&saved=true')).toEqual(
        ['saved'],
      );
      expect(await portal.titles(ADA, ALL)).toEqual(['later', 'all', 'group']);
      expect(await portal.count(ADA, 'messageScope=all&read=false')).toBe(3);
    });
  },
);
