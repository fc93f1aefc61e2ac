import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { openStream, testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'a message that expires on %s',
  engine => {
    async function start() {
      const chores = new Map<string, (signal: AbortSignal) => unknown>();
      const portal = await startNotifications(databases, engine, {
        features: [
          mockServices.scheduler.mock({
            scheduleTask: async ({ id, fn }) => void chores.set(id, fn),
          }).factory,
        ],
      });
      const follow = (userRef: string) =>
        openStream(
          `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
          { Authorization: mockCredentials.user.header(userRef) },
        );
      const isGone = async (id: string) => {
        for (let status = 200; status !== 404; ) {
          ({ status } = await portal.get(`/notifications/${id}`, GUEST));
        }
      };
      return {
        portal,
        follow,
        isGone,
        run: (chore: string) =>
          chores.get(chore)?.(AbortSignal.timeout(60_000)),
      };
    }
    const soon = () => new Date(Date.now() + 500).toISOString();

    it('leaves open pages, of those whom it was for', async () => {
      const { portal, follow, isGone, run } = await start();
      const id = await portal.send({
        targetGroups: ['default/company'],
        excludedEntities: [ADA],
        expiresAt: soon(),
      });
      const streams = await Promise.all([GUEST, ADA, BOB].map(follow));
      const [guest, ...others] = streams;
      await Promise.all(
        streams.map(stream => stream.until(({ event }) => event === 'ready')),
      );
      await isGone(id);
      await run('tell-expired');
      await run('tell-expired');
      await portal.send({ title: 'later' });
      await Promise.all(
        streams.map(stream =>
          stream.until(({ data }) => data.includes('later')),
        ),
      );
      const withdrawn = (stream: typeof guest) =>
        stream.events.filter(({ event }) => event === 'withdrawal');
      expect(withdrawn(guest).map(({ data }) => JSON.parse(data))).toEqual([
        { messageIds: [id] },
      ]);
      expect(others.flatMap(withdrawn)).toEqual([]);
      streams.forEach(stream => stream.close());
    });

    it('leaves them before it is purged, and when its end was corrected', async () => {
      const { portal, follow, isGone, run } = await start();
      const stream = await follow(GUEST);
      const sent = [
        await portal.send({ expiresAt: soon() }),
        await portal.send(),
      ];
      await portal
        .by(ADA, 'patch', `/notifications/${sent[1]}`)
        .send({ expiresAt: '2020-01-01T00:00:00Z' })
        .expect(200);
      await Promise.all(sent.map(isGone));
      await run('purge-messages');
      expect(await portal.knex('herald_message')).toEqual([]);
      await stream.until(
        ({ event, data }) => event === 'withdrawal' && data.includes(sent[0]),
      );
      await stream.until(
        ({ event, data }) => event === 'withdrawal' && data.includes(sent[1]),
      );
      stream.close();
    });
  },
);
