import { mockServices } from '@backstage/backend-test-utils';
import { NotificationProcessor } from '@backstage/plugin-notifications-node';
import { testEngines } from '@herald/test-utils';
import { WorkQueue } from '@herald/work-queue';
import { GUEST } from '../__testUtils__/people';
import { startNotifications } from '../__testUtils__/startNotifications';
import { DatabaseDispatches } from '../database/DatabaseDispatches';
import { WORK_PREFIX } from '../database/workTable';
import { noting } from './__testUtils__/noting';
import { processorModule } from './__testUtils__/processorModule';
import { until } from './__testUtils__/until';
import { passOverMissing } from './passOver';
import { ProcessorRegistry } from './ProcessorRegistry';

const databases = testEngines();
const WORK = 'herald_notifications_work';

describe.each(databases.eachSupportedId())(
  'a removed processor on %s',
  engine => {
    const start = (
      processors: NotificationProcessor[],
      options: Parameters<typeof startNotifications>[2] = {},
    ) =>
      startNotifications(databases, engine, {
        ...options,
        features: [processorModule(processors), ...(options.features ?? [])],
      });
    const users = (processor: ReturnType<typeof noting>) =>
      processor.got.map(({ user }) => user).sort();

    it('lets the work of a processor that was removed wait, says so, and has it done when it is back', async () => {
      const gone = noting('Gone', {
        postProcess: async () => {
          throw new Error('not yet');
        },
      });
      const before = await start([gone, noting('Stays')]);
      await before.send({ targetUsers: ['default/guest'] });
      const { knex } = before;
      await until(
        async () =>
          (await knex(WORK).where({ kind: 'process:Gone' }).first())?.attempt >
          0,
      );
      await before.stop();

      const logger = mockServices.logger.mock();
      const without = await startNotifications(databases, engine, {
        knex,
        features: [logger.factory],
      });
      await until(() =>
        logger.warn.mock.calls.some(([text]) =>
          text.includes('1 notifications wait for the processor Gone'),
        ),
      );
      await without.stop();

      const back = noting('Gone');
      await start([back], { knex });
      await until(() => back.got.length === 1);
      expect(users(back)).toEqual([GUEST]);
    });

    it('holds up nobody else where it should have looked before, and gets what it is to send when it is back', async () => {
      const broken = (name: string) =>
        noting(name, {
          preProcess: async () => {
            throw new Error('not yet');
          },
        });
      const before = await start([
        broken('Gone'),
        broken('Also gone'),
        noting('Mail'),
      ]);
      await before.send({ title: 'T', targetUsers: ['default/guest'] });
      const { knex } = before;
      await until(
        async () =>
          (await knex(WORK).where({ kind: 'process:Gone' }).first())?.attempt >
          0,
      );
      await before.stop();

      const mail = noting('Mail');
      const without = await start([mail], { knex });
      await until(() => mail.got.length > 0);
      expect(mail.got).toEqual([{ user: GUEST, title: 'T' }]);
      await without.stop();

      const back = noting('Gone');
      const alsoBack = noting('Also gone');
      await start([back, alsoBack, mail], { knex });
      await until(() => back.got.length + alsoBack.got.length === 2);
      expect(users(back)).toEqual(users(alsoBack));
      expect(mail.got).toHaveLength(1);
    });

    it('is waited for a while where another replica may still have it, and not taken from under a process', async () => {
      const looking = noting('Gone', {
        preProcess: () => new Promise(() => {}),
      });
      const other = await start([looking, noting('Mail')]);
      const { knex } = other;
      await other.send({ targetUsers: ['default/guest'] });
      await until(
        async () =>
          (
            await knex(WORK)
              .where('kind', 'process:Gone')
              .where('lease_until', '>', 0)
          ).length === 1,
      );
      const dispatches = new DatabaseDispatches(knex, {
        work: new WorkQueue({
          knex,
          prefix: WORK_PREFIX,
          logger: mockServices.logger.mock(),
        }),
        now: () => new Date(),
      });
      const registry = new ProcessorRegistry();
      registry.addProcessor(noting('Mail'));
      const passOver = async (waitedMs: number) => {
        await passOverMissing({
          store: dispatches,
          registry,
          logger: mockServices.logger.mock(),
          waitedMs,
        });
        return knex(WORK).orderBy('kind').pluck('kind');
      };
      expect(await passOver(0)).toEqual(['process:Gone']);
      await other.stop();
      await knex(WORK).update({ lease_until: 0 });
      expect(await passOver(60_000)).toEqual(['process:Gone']);
      expect(await passOver(0)).toEqual(['process:Gone', 'process:Mail']);
      expect(await passOver(0)).toEqual(['process:Gone', 'process:Mail']);
    });
  },
);
