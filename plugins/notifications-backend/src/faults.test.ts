import { TestDatabaseId } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  describeOnPostgres,
  processDatabase,
  testEngines,
} from '@herald/test-utils';
import { setTimeout as delay } from 'node:timers/promises';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { NotifyingProcess } from './__testUtils__/NotifyingProcess';

const databases = testEngines();
// Several processes start one after the other, each in seconds.
jest.setTimeout(180_000);

const portals: NotifyingProcess[] = [];
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(portals.splice(0).map(portal => portal.kill()));
  for (const cleanUp of cleanUps.splice(0)) {
    await cleanUp();
  }
});

function portalOn(database: JsonObject, notifications?: JsonObject) {
  const portal = new NotifyingProcess({ database, notifications });
  portals.push(portal);
  return portal;
}

async function databaseOn(engine: TestDatabaseId): Promise<JsonObject> {
  const { config, remove } = await processDatabase(engine);
  cleanUps.push(remove);
  return config;
}

describe.each(databases.eachSupportedId())(
  'a portal on %s that is killed',
  engine => {
    it('has each message once, when who got no answer sends it again with its key', async () => {
      const portal = portalOn(await databaseOn(engine));
      const send = async (number: number) => {
        const response = await portal.send(
          {
            origin: 'faults',
            title: `m${number}`,
            targetUsers: ['default/guest'],
          },
          `key-${number}`,
        );
        return response.status;
      };
      const MESSAGES = 120;
      const unanswered = new Set(
        Array.from({ length: MESSAGES }, (__, i) => i),
      );
      const answers: (number | 'none')[] = [];
      const sendAll = () =>
        [...unanswered].map(async number => {
          // Spread, so that a kill finds some before, some within and some after their commit.
          await delay(number * 2);
          const status = await send(number).catch(() => 'none' as const);
          answers.push(status);
          if (status === 200) {
            unanswered.delete(number);
          }
        });
      for (let round = 0; unanswered.size > 0; round++) {
        await portal.start();
        const sending = sendAll();
        if (round < 3) {
          await delay(60 + 50 * round);
          await portal.kill();
        }
        await Promise.all(sending);
      }
      expect(new Set(answers)).toEqual(new Set([200, 'none']));

      const list = await portal.get(
        '/notifications?pageSize=0&pageNumber=0&orderBy=title',
        GUEST,
      );
      const titles = (await list.json()).map(
        ({ title }: { title: string }) => title,
      );
      expect(titles.sort()).toEqual(
        Array.from({ length: MESSAGES }, (__, i) => `m${i}`).sort(),
      );
      const count = await portal.get('/notifications/count?read=false', GUEST);
      expect(await count.json()).toEqual({ count: MESSAGES });
    });

    it('still sends what was to be sent while it was down, once', async () => {
      const portal = portalOn(await databaseOn(engine));
      await portal.start();
      const { status } = await portal.send({
        origin: 'faults',
        title: 'later',
        targetUsers: ['default/guest'],
        sendAt: new Date(Date.now() + 1_500).toISOString(),
      });
      expect(status).toBe(200);
      await portal.kill();
      await delay(1_600);
      await portal.start();
      const stream = await portal.follow(GUEST);
      await stream.until(({ event }) => event === 'message');
      await delay(500);
      stream.close();
      expect(
        stream.events.filter(({ event }) => event === 'message'),
      ).toHaveLength(1);
    });
  },
);

// Replicas share a database that several processes can write to.
describeOnPostgres(databases, 'two replicas', engine => {
  it('see each other’s messages within a second, by hints alone', async () => {
    const database = await databaseOn(engine);
    const settings = { streams: { pollInterval: { hours: 1 } } };
    const one = portalOn(database, settings);
    const other = portalOn(database, settings);
    await one.start();
    await other.start();
    const streams = await Promise.all([
      one.follow(GUEST),
      other.follow(GUEST),
      other.follow(BOB),
    ]);
    const [here, there, bob] = streams;
    await Promise.all(
      streams.map(stream => stream.until(({ event }) => event === 'ready')),
    );
    const tell = async (title: string) => {
      const sent = performance.now();
      await one.send({ origin: 'o', title, targetGroups: ['default/company'] });
      await Promise.all(
        [here, there].map(stream =>
          stream.until(({ data }) => data.includes(title)),
        ),
      );
      return performance.now() - sent;
    };
    // Subscribers of the host's events are connected in the background.
    await tell('the first one');
    expect(await tell('within a second')).toBeLessThan(1_000);
    await one.send({
      origin: 'o',
      title: 'to bob',
      targetUsers: ['default/bob'],
    });
    await bob.until(({ event }) => event === 'message');
    expect(
      bob.events
        .filter(({ event }) => event === 'message')
        .map(({ data }) => JSON.parse(data).title),
    ).toEqual(['to bob']);
    streams.forEach(stream => stream.close());
  });

  it('goes on where one of them is killed, from the last event that was seen', async () => {
    const database = await databaseOn(engine);
    const one = portalOn(database);
    const other = portalOn(database);
    await one.start();
    await other.start();
    const before = await one.follow(ADA);
    await before.until(({ event }) => event === 'ready');
    await one.send({
      origin: 'o',
      title: 'seen',
      targetUsers: ['default/ada'],
    });
    const seen = await before.until(({ data }) => data.includes('seen'));
    const end = before.ended.catch(String);
    await one.kill();
    expect(await end).toContain('terminated');
    await other.send({
      origin: 'o',
      title: 'missed',
      targetUsers: ['default/ada'],
    });

    const after = await other.follow(ADA, seen.id);
    await after.until(({ event }) => event === 'ready');
    after.close();
    expect(
      after.events
        .filter(({ event }) => event === 'message')
        .map(({ data }) => JSON.parse(data).title),
    ).toEqual(['missed']);
  });
});
