import { mockCredentials } from '@backstage/backend-test-utils';
import { openStream, testEngines } from '@herald/test-utils';
import { ADA, GUEST } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'a thousand streams by one user, on %s',
  engine => {
    it('are twenty, and refusals that say when to come back; others are served', async () => {
      const portal = await startNotifications(databases, engine);
      const follow = async (userRef: string) =>
        openStream(
          `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
          { Authorization: mockCredentials.user.header(userRef) },
        );
      const streams = await Promise.all(
        Array.from({ length: 1_000 }, () => follow(GUEST)),
      );
      const other = await follow(ADA);
      await portal.send({ title: 'still told' });
      const open = streams.filter(({ status }) => status === 200);
      const refused = streams.filter(({ status }) => status === 429);

      expect([open.length, refused.length]).toEqual([20, 980]);
      expect(
        new Set(refused.map(({ headers }) => headers.get('retry-after'))),
      ).toEqual(new Set(['30']));
      await Promise.all(
        [...open, other].map(stream =>
          stream.until(({ data }) => data.includes('still told')),
        ),
      );
      [...streams, other].forEach(stream => stream.close());
    });
  },
);
