import {
  SchedulerService,
  SchedulerServiceTaskInvocationDefinition,
  SchedulerServiceTaskScheduleDefinition,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { v7 as uuid } from 'uuid';
import { ADA } from './__testUtils__/people';
import { startNotifications } from './__testUtils__/startNotifications';
import { processorModule } from './processing/__testUtils__/processorModule';

const databases = testEngines();
const DAY = 24 * 60 * 60_000;

type Task = SchedulerServiceTaskScheduleDefinition &
  SchedulerServiceTaskInvocationDefinition;

/** The host's scheduler, driven by hand. */
function handDriven() {
  const tasks = new Map<string, Task>();
  const feature = createServiceFactory({
    service: coreServices.scheduler,
    deps: {},
    factory: (): SchedulerService => ({
      ...mockServices.scheduler.mock(),
      scheduleTask: async task => void tasks.set(task.id, task),
    }),
  });
  const run = async (id: string) => {
    await tasks.get(id)?.fn(new AbortController().signal);
  };
  return { feature, run, ids: () => [...tasks.keys()].sort() };
}

/** How many rows each statement has changed in a table, at the most. */
function largestChange(knex: Knex, table: string): () => number {
  let largest = 0;
  knex.on('query-response', (response, query) => {
    if (query.sql.includes(table) && /^(update|delete)/i.test(query.sql)) {
      largest = Math.max(largest, Number(response));
    }
  });
  return () => largest;
}

describe.each(databases.eachSupportedId())(
  'what is done now and then on %s',
  engine => {
    async function start(
      options: Parameters<typeof startNotifications>[2] = {},
    ) {
      const scheduler = handDriven();
      const portal = await startNotifications(databases, engine, {
        ...options,
        features: [scheduler.feature, ...(options.features ?? [])],
      });
      return { ...scheduler, ...portal };
    }

    it('is all known to the scheduler of the host', async () => {
      expect((await start()).ids()).toEqual([
        'adopt-earlier',
        'pass-over-missing',
        'purge-idempotency-keys',
        'purge-messages',
        'remove-abandoned',
        'tell-expired',
        'tend-dispatches',
        'trim-feed',
      ]);
    });

    it('trim-feed removes what is older than seven days, and remembers up to where', async () => {
      const { knex, send, run } = await start();
      const feed = () => knex('herald_feed').orderBy('seq').pluck('seq');
      for (const title of ['old', 'older than it looks', 'new']) {
        await send({ title });
      }
      const [first, second, third] = await feed();
      await knex('herald_feed')
        .where({ seq: first })
        .update({ at: Date.now() - 7 * DAY - 60_000 });
      await knex('herald_feed')
        .where({ seq: second })
        .update({ at: Date.now() - 7 * DAY + 60_000 });
      await run('trim-feed');
      expect(await feed()).toEqual([second, third]);
      const { trimmed_seq: trimmed } = await knex('herald_feed_state').first();
      expect(Number(trimmed)).toBe(Number(first));
    });

    it('purge-idempotency-keys forgets keys of more than 24 hours, in small batches', async () => {
      const { knex, run } = await start();
      const keyOf = (key: string, age: number) => ({
        sender: 'external:tests',
        key,
        body_hash: 'hash',
        message_id: uuid(),
        created_at: Date.now() - age,
      });
      await knex.batchInsert(
        'herald_idempotency_key',
        [
          keyOf('young', DAY - 60_000),
          ...Array.from({ length: 1_050 }, (_, i) =>
            keyOf(`old-${i}`, DAY + 60_000),
          ),
        ],
        100,
      );
      const largest = largestChange(knex, 'herald_idempotency_key');
      await run('purge-idempotency-keys');
      expect(await knex('herald_idempotency_key').pluck('key')).toEqual([
        'young',
      ]);
      expect(largest()).toBe(1_000);
    });

    it('adopt-earlier gives targets of the version before their copies, in small batches', async () => {
      const { knex, send, run } = await start();
      const id = await send({ origin: 'ci', topic: 'main' });
      await knex.batchInsert(
        'herald_target',
        await knex('herald_target')
          .where({ message_id: id })
          .then(([target]) =>
            Array.from({ length: 1_050 }, (_, i) => ({
              ...target,
              ref: `user:default/u${i}`,
            })),
          ),
        50,
      );
      await knex('herald_target').update({ origin: null, topic: null });
      const largest = largestChange(knex, 'herald_target');
      await run('adopt-earlier');
      expect(await knex('herald_target').distinct('origin', 'topic')).toEqual([
        { origin: 'ci', topic: 'main' },
      ]);
      expect(largest()).toBe(1_000);
    });

    it('remove-abandoned takes out messages whose work is gone', async () => {
      const { knex, send, run } = await start();
      const sendAt = new Date(Date.now() + DAY).toISOString();
      const kept = await send({ sendAt });
      const abandoned = await send({ sendAt });
      await knex('herald_notifications_work')
        .where({ key: abandoned })
        .delete();
      await run('remove-abandoned');
      expect(await knex('herald_scheduled_message').pluck('id')).toEqual([
        kept,
      ]);
    });

    it('tend-dispatches forgets those of messages that are gone, in small batches, and names what waits', async () => {
      const logger = mockServices.logger.mock();
      const { knex, send, by, run } = await start({
        features: [
          logger.factory,
          processorModule([{ getName: () => 'Mail' }]),
        ],
      });
      const kept = await send();
      const gone = await send();
      await by(ADA, 'delete', `/notifications/${gone}`).expect(204);
      await knex.batchInsert(
        'herald_dispatch',
        Array.from({ length: 1_050 }, () => ({
          id: uuid(),
          message_id: uuid(),
          options: '{}',
          created_at: Date.now(),
        })),
        100,
      );
      await knex('herald_notifications_work').insert({
        id: uuid(),
        kind: 'process:Gone',
        payload: '{"step":"post"}',
        run_after: 0,
        created_at: 0,
      });
      const largest = largestChange(knex, 'herald_dispatch');
      await run('tend-dispatches');
      expect(await knex('herald_dispatch').pluck('id')).toEqual([kept]);
      expect(largest()).toBe(1_000);
      expect(logger.warn).toHaveBeenCalledWith(
        '1 notifications wait for the processor Gone, which is not installed',
      );
    });

    it.each([
      [{}, 365],
      [{ retention: { days: 10 } }, 10],
    ])(
      'purge-messages keeps messages, with %j, for %i days',
      async (notifications, days) => {
        const { knex, send, run } = await start({ notifications });
        const kept = await send();
        const old = await send();
        const aged = async (id: string, ms: number) => {
          for (const table of ['herald_message', 'herald_target']) {
            await knex(table)
              .where({ [table === 'herald_message' ? 'id' : 'message_id']: id })
              .update({ sort_at: Date.now() - ms });
          }
        };
        await aged(kept, days * DAY - 60_000);
        await aged(old, days * DAY + 60_000);
        await run('purge-messages');
        expect(await knex('herald_message').pluck('id')).toEqual([kept]);
      },
    );
  },
);
