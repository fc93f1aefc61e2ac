import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { GUEST } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';
import { insertImported } from './database/insertImported';
import { insertMessages } from './database/insertMessages';

const databases = testEngines();
const MESSAGES = 450;

/** How many messages, with what they say, came from the database at once, at the most. */
function largestAnswer(knex: Knex): () => number {
  let largest = 0;
  knex.on('query-response', response => {
    const rows: unknown[] = response?.rows ?? response;
    if (Array.isArray(rows)) {
      const messages = rows.filter(
        row => row !== null && typeof row === 'object' && 'title' in row,
      );
      largest = Math.max(largest, messages.length);
    }
  });
  return () => largest;
}

describe.each(databases.eachSupportedId())('a long list on %s', engine => {
  async function start() {
    const portal = await startNotifications(databases, engine);
    const titles = Array.from(
      { length: MESSAGES },
      (_, i) => `m${String((i * 7) % MESSAGES).padStart(3, '0')}`,
    );
    const now = Date.now();
    for (let from = 0; from < MESSAGES; from += 50) {
      await insertMessages(
        portal.knex,
        titles.slice(from, from + 50).map((title, i) => ({
          id: uuid(),
          createdAt: new Date(now - MESSAGES + from + i),
          sender: 'external:tests',
          origin: 'tests',
          title,
          actions: [],
          severity: 'normal',
          targets: [GUEST],
          exclusions: [],
        })),
      );
    }
    return { portal, titles, largest: largestAnswer(portal.knex) };
  }

  it('is whole and in its order, and is never in memory as a whole', async () => {
    const { portal, titles, largest } = await start();
    const unpaged = 'pageSize=0&pageNumber=0';
    expect(await portal.titles(GUEST, unpaged)).toEqual([...titles].reverse());
    expect(
      await portal.titles(GUEST, `${unpaged}&orderBy=title&orderByDirec=asc`),
    ).toEqual([...titles].sort());
    expect(largest()).toBeLessThanOrEqual(200);
    expect(largest()).toBeGreaterThan(0);
  });

  it('goes on from page to page, and says how much there is', async () => {
    const { portal, titles, largest } = await start();
    const first = await portal
      .get('/notifications?pageSize=300&total=true&read=false', GUEST)
      .expect(200);
    const [, next = ''] = /<(\?.*)>; rel="next"/.exec(first.headers.link) ?? [];
    const second = await portal.get(`/notifications${next}`, GUEST).expect(200);
    expect([...first.body, ...second.body].map(({ title }) => title)).toEqual(
      [...titles].reverse(),
    );
    expect(first.headers['x-total-count']).toBe(String(MESSAGES));
    expect(second.headers.link).toBeUndefined();
    expect(largest()).toBeLessThanOrEqual(200);
  });

  it('of nothing is an empty one', async () => {
    const { portal } = await start();
    const { body } = await portal
      .get('/notifications?pageSize=0&pageNumber=0&containsText=nowhere', GUEST)
      .expect(200);
    expect(body).toEqual([]);
  });

  it('leaves out what goes while it is being told', async () => {
    const { portal, titles } = await start();
    const withdrawing = portal.knex('herald_message').where({ title: 'm007' });
    const [list] = await Promise.all([
      portal.get('/notifications?pageSize=0&pageNumber=0', GUEST).expect(200),
      withdrawing.delete(),
    ]);
    const told = list.body.map(({ title }: { title: string }) => title);
    expect(told.filter((title: string) => title !== 'm007')).toEqual(
      [...titles].reverse().filter(title => title !== 'm007'),
    );
  });

  it('ends at 10,000 where no page is asked for, the newest of them', async () => {
    const portal = await startNotifications(databases, engine);
    const MOST = 10_000;
    const messages = Array.from({ length: MOST + 3 }, (_, i) => ({
      id: uuid(),
      createdAt: new Date(1_000 * i),
      sender: 'external:tests',
      origin: 'tests',
      title: `m${i}`,
      severity: 'normal' as const,
      actions: [],
      targets: [GUEST],
      marks: [],
    }));
    await portal.knex.transaction(tx =>
      insertImported(tx, messages, new Date()),
    );
    const { body } = await portal
      .get('/notifications?pageSize=0&pageNumber=0', GUEST)
      .expect(200);
    expect(body.map(({ title }: { title: string }) => title)).toEqual(
      messages
        .map(({ title }) => title)
        .reverse()
        .slice(0, MOST),
    );
    await portal.get('/notifications?pageSize=10000', GUEST).expect(200);
    await portal.get('/notifications?pageSize=10001', GUEST).expect(400);
  });
});
