import { mockCredentials } from '@backstage/backend-test-utils';
import {
  describeOnPostgres,
  openStream,
  testEngines,
} from '@herald/test-utils';
import { v7 as uuid } from 'uuid';
import { GUEST } from './__testUtils__/people';
import { BASE, startNotifications } from './__testUtils__/startNotifications';
import { insertMessages } from './database/insertMessages';
import { until } from './processing/__testUtils__/until';

const databases = testEngines();

// SQLite has one writer: there nothing commits later than what was begun after it.
describeOnPostgres(databases, 'a stream', engine => {
  it('tells what a transaction commits later than one that was begun after it, once and in its order', async () => {
    const portal = await startNotifications(databases, engine, {
      notifications: { streams: { pollInterval: { milliseconds: 20 } } },
    });
    const { knex } = portal;
    const stream = await openStream(
      `http://127.0.0.1:${portal.server.port()}${BASE}/notifications/stream`,
      { Authorization: mockCredentials.user.header(GUEST) },
    );
    const told = () =>
      stream.events
        .filter(({ event }) => event === 'message')
        .map(({ data }) => JSON.parse(data).title);
    await stream.until(({ event }) => event === 'ready');

    const slow = await knex.transaction();
    await insertMessages(slow, [
      {
        id: uuid(),
        createdAt: new Date(),
        sender: 'external:tests',
        origin: 'tests',
        title: 'slow',
        actions: [],
        severity: 'normal',
        targets: [GUEST],
        exclusions: [],
      },
    ]);
    let hasOvertaken = false;
    const sending = portal
      .send({ title: 'fast', targetUsers: ['default/guest'] })
      .then(() => (hasOvertaken = true));
    const isWaiting = async () => {
      const { rows } = await knex.raw(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows.length > 0;
    };
    await until(async () => hasOvertaken || (await isWaiting()));
    if (hasOvertaken) {
      // Then the stream has gone past the slow one.
      await stream.until(({ data }) => data.includes('fast'));
    }
    await slow.commit();
    await sending;
    await portal.send({ title: 'last', targetUsers: ['default/guest'] });
    await stream.until(({ data }) => data.includes('last'));
    stream.close();
    expect(told()).toEqual(['slow', 'fast', 'last']);
  });
});
