import { NotificationProcessor } from '@backstage/plugin-notifications-node';
import { testEngines } from '@herald/test-utils';
import { ADA, BOB, GUEST } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';
import { processorModule } from './processing/__testUtils__/processorModule';
import { until } from './processing/__testUtils__/until';

const databases = testEngines();
const WORK = 'herald_notifications_work';

describe.each(databases.eachSupportedId())('mails that fail on %s', engine => {
  async function start() {
    let isDown = true;
    const sent: (string | null)[] = [];
    const mail: NotificationProcessor = {
      getName: () => 'Mail',
      async postProcess({ user }) {
        if (isDown) {
          throw new Error('connection refused');
        }
        sent.push(user);
      },
    };
    const portal = await startNotifications(databases, engine, {
      features: [processorModule([mail])],
      notifications: { processing: { maxAttempts: 1 } },
    });
    const dead = async () =>
      (await portal.by(ADA, 'get', '/work/dead').expect(200)).body;
    await portal.send({
      targetUsers: ['default/guest', 'default/bob'],
      origin: 'ci',
    });
    await until(async () => (await dead()).length === 2);
    return { portal, dead, sent, mend: () => (isDown = false) };
  }

  it('are listed, driven again and discarded by administrators', async () => {
    const { portal, dead, sent, mend } = await start();
    const [first, second] = await dead();
    expect(first).toEqual({
      id: expect.any(String),
      kind: expect.stringMatching(/^process:/),
      attempts: 1,
      lastError: 'connection refused',
      createdAt: expect.any(String),
      diedAt: expect.any(String),
    });
    const page = await portal
      .by(ADA, 'get', `/work/dead?limit=1&after=${first.id}`)
      .expect(200);
    expect(page.body).toEqual([second]);

    const post = (action: string, body: object) =>
      portal.by(ADA, 'post', `/work/dead/${action}`).send(body);
    for (const body of [
      {},
      { ids: [] },
      { ids: ['x'] },
      { kind: 'x', ids: [first.id] },
    ]) {
      await post('redrive', body).expect(400);
    }
    const discarded = await post('discard', { ids: [first.id] }).expect(200);
    expect(discarded.body).toEqual({ count: 1 });
    mend();
    const driven = await post('redrive', { kind: first.kind }).expect(200);
    expect(driven.body).toEqual({ count: 1 });
    await until(async () => sent.length === 1);
    await until(async () => (await portal.knex(WORK)).length === 0);
    expect(await dead()).toEqual([]);
  });

  it('to a person who is erased go, and those to others stay', async () => {
    const { portal, dead, sent, mend } = await start();
    await portal.by(ADA, 'delete', `/people?userRef=${GUEST}`).expect(200);
    for (const table of [WORK, 'herald_dispatch']) {
      expect(JSON.stringify(await portal.knex(table))).not.toContain(GUEST);
    }
    const [left] = await dead();
    mend();
    await portal
      .by(ADA, 'post', '/work/dead/redrive')
      .send({ ids: [left.id] })
      .expect(200);
    await until(async () => sent.length > 0);
    expect(sent).toEqual([BOB]);
  });
});
