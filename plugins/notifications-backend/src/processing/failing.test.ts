import { NotificationProcessor } from '@backstage/plugin-notifications-node';
import { testEngines } from '@herald/test-utils';
import { GUEST } from '../__testUtils__/people';
import { startNotifications } from '../__testUtils__/startNotifications';
import { noting } from './__testUtils__/noting';
import { processorModule } from './__testUtils__/processorModule';
import { until } from './__testUtils__/until';

const databases = testEngines();
const WORK = 'herald_notifications_work';

describe.each(databases.eachSupportedId())(
  'a processor that cannot look on %s',
  engine => {
    const start = (
      processors: NotificationProcessor[],
      processing: { maxAttempts: number; timeout?: { seconds: number } },
    ) =>
      startNotifications(databases, engine, {
        features: [processorModule(processors)],
        notifications: { processing },
      });

    it('holds up nobody else for more than three attempts where it hangs', async () => {
      const mail = noting('Mail');
      let calls = 0;
      const hangs = noting('Hangs', {
        preProcess: () => {
          calls += 1;
          return new Promise(() => {});
        },
      });
      const portal = await start([hangs, mail], {
        maxAttempts: 4,
        timeout: { seconds: 1 },
      });
      await portal.send({ title: 'T', targetUsers: ['default/guest'] });
      await until(() => mail.got.length > 0);
      expect(mail.got).toEqual([{ user: GUEST, title: 'T' }]);
      expect(calls).toBeGreaterThanOrEqual(3);
      await until(
        async () =>
          (await portal.knex(WORK).pluck('kind')).join() === 'process:Hangs',
      );
      expect(hangs.got).toEqual([]);
    });

    it('holds up nobody else where its only attempt was the last', async () => {
      const mail = noting('Mail');
      const broken = noting('Broken', {
        preProcess: async () => {
          throw new Error('broken');
        },
      });
      const portal = await start([broken, mail], { maxAttempts: 1 });
      await portal.send({ targetUsers: ['default/guest'] });
      await until(() => mail.got.length > 0);
      const dead = () =>
        portal.knex(WORK).where({ state: 'dead' }).pluck('kind');
      await until(async () => (await dead()).length > 0);
      expect(await dead()).toHaveLength(1);
    });

    it.each([
      [
        'cannot be written down',
        { toJSON: () => JSON.parse('no JSON') } as never,
      ],
      ['is no notification', { user: GUEST } as never],
    ])('holds up nobody else where what it returns %s', async (_, nonsense) => {
      const mail = noting('Mail');
      const portal = await start(
        [noting('Nonsense', { preProcess: async () => nonsense }), mail],
        { maxAttempts: 2 },
      );
      await portal.send({ title: 'T', targetUsers: ['default/guest'] });
      await until(() => mail.got.length > 0);
      expect(mail.got).toEqual([{ user: GUEST, title: 'T' }]);
    });

    it('holds up nobody else where it takes its process with it each time', async () => {
      const mail = noting('Mail');
      const begun: string[] = [];
      const killer = noting('Killer', {
        preProcess: ({ payload }) => {
          begun.push(payload.title);
          return new Promise(() => {});
        },
      });
      const portal = await start([killer, mail], { maxAttempts: 10 });
      await portal.send({ title: 'T', targetUsers: ['default/guest'] });
      await until(() => begun.length === 1);
      // As after three processes that were lost at it, the last of them just now.
      await portal.knex(WORK).update({ attempt: 3, lease_until: 1 });
      const heir = await startNotifications(databases, engine, {
        knex: portal.knex,
        features: [processorModule([killer, mail])],
      });
      await until(() => mail.got.length > 0);
      expect(mail.got).toEqual([{ user: GUEST, title: 'T' }]);
      await heir.stop();
    });
  },
);
