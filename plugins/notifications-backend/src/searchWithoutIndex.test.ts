import { describeOnPostgres, testEngines } from '@herald/test-utils';
import knexFactory from 'knex';
import { GUEST } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();
// Only there it has an extension.
describeOnPostgres(databases, 'search', engine => {
  it('finds the same where the role of the plugin may not create pg_trgm', async () => {
    const owner = await databases.init(engine);
    const role = `herald_tests_${process.pid}`;
    await owner.raw('CREATE ROLE ??', [role]);
    const knex = knexFactory({
      ...owner.client.config,
      pool: {
        afterCreate: (
          connection: { query(sql: string, done: () => void): void },
          done: () => void,
        ) => connection.query(`SET ROLE ${role}`, done),
      },
    });
    try {
      await owner.raw('GRANT USAGE, CREATE ON SCHEMA public TO ??', [role]);
      const portal = await startNotifications(databases, engine, { knex });
      const { rows } = await owner.raw(
        `SELECT indexname FROM pg_indexes WHERE tablename = 'herald_message' AND indexdef LIKE '%gin%'
         UNION ALL SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'`,
      );
      expect(rows).toEqual([]);

      const to = { targetUsers: ['default/guest'] };
      await portal.send({ ...to, title: '100% done' });
      await portal.send({ ...to, title: '100 done', message: 'Молоко' });
      await portal.send({ ...to, title: 'Straße' });
      for (const [text, titles] of [
        ['DONE', ['100 done', '100% done']],
        ['0%', ['100% done']],
        ['молОК', ['100 done']],
        ['STRASSE', ['Straße']],
        ['nowhere', []],
      ] as const) {
        const query = `containsText=${encodeURIComponent(text)}`;
        expect(await portal.titles(GUEST, query)).toEqual(titles);
        expect(await portal.count(GUEST, query)).toBe(titles.length);
      }
      await portal.stop();
    } finally {
      await knex.destroy();
      await owner.raw('DROP OWNED BY ?? CASCADE', [role]);
      await owner.raw('DROP ROLE ??', [role]);
    }
  });
});
