import { testEngines } from '@herald/test-utils';
import { ADA } from './__testUtils__/people';
import { SECRET, startNotifications } from './__testUtils__/startNotifications';

const databases = testEngines();

describe.each(databases.eachSupportedId())('a quota on %s', engine => {
  async function start(messages: number) {
    const portal = await startNotifications(databases, engine, {
      notifications: {
        quotas: [
          { sender: 'external:notifications-secret', messages, per: '1 h' },
        ],
      },
    });
    const statuses = async (sends: { key?: string; body?: object }[]) => {
      const answers = await Promise.all(
        sends.map(({ key, body }) => {
          const call = portal
            .call('post', '/notifications')
            .set('notifications-secret', SECRET);
          return (key ? call.set('Idempotency-Key', key) : call).send({
            origin: 'o',
            title: 't',
            targetUsers: ['default/guest'],
            ...body,
          });
        }),
      );
      return answers.map(({ status }) => status).sort();
    };
    return { statuses };
  }
  const later = { sendAt: new Date(Date.now() + 3_600_000).toISOString() };

  it.each([
    ['at once', {}],
    ['later', later],
  ])(
    'counts a message with a key once, to be sent %s, however often and at once it is tried',
    async (_, body) => {
      const { statuses } = await start(2);
      const same = Array.from({ length: 10 }, () => ({ key: 'once', body }));
      expect(await statuses(same)).toEqual(Array(10).fill(200));
      expect(await statuses([{}, {}])).toEqual([200, 429]);
      expect(await statuses([{ key: 'new', body }])).toEqual([429]);
      expect(await statuses([{ key: 'once', body }])).toEqual([200]);
    },
  );

  it('counts nothing that is refused', async () => {
    const { statuses } = await start(1);
    const toNobody = { body: { targetUsers: ['default/nobody'] } };
    expect(await statuses([toNobody, toNobody, toNobody])).toEqual([
      404, 404, 404,
    ]);
    expect(await statuses([{ key: 'k' }])).toEqual([200]);
    expect(await statuses([{ key: 'k', body: { title: 'other' } }])).toEqual([
      409,
    ]);
    expect(await statuses([{}])).toEqual([429]);
  });

  it.each([
    ['user:ADA', 429],
    ['user:default/bob', 200],
  ])('of %s holds by whatever spelling of the ref', async (sender, status) => {
    const portal = await startNotifications(databases, engine, {
      notifications: { quotas: [{ sender, messages: 1, per: '1 h' }] },
    });
    const send = () =>
      portal
        .by(ADA, 'post', '/notifications')
        .send({ origin: 'o', title: 't', targetUsers: ['default/guest'] });
    await send().expect(200);
    await send().expect(status);
  });

  it('of somebody who cannot be does not start', async () => {
    const quotas = [{ sender: 'nobody', messages: 1, per: '1 h' }];
    await expect(
      startNotifications(databases, engine, { notifications: { quotas } }),
    ).rejects.toThrow(/notifications\.quotas: 'nobody'/);
  });

  it('that is used up leaves a key free for the next window', async () => {
    const { statuses } = await start(1);
    expect(await statuses([{}])).toEqual([200]);
    expect(await statuses([{ key: 'k' }])).toEqual([429]);
    expect(await statuses([{ key: 'k', body: { title: 'other' } }])).toEqual([
      429,
    ]);
  });
});
