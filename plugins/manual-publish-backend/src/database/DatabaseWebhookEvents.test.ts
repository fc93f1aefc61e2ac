import { testEngines } from '@herald/test-utils';
import { NewWork } from '@herald/work-queue';
import { Knex } from 'knex';
import { JobWork } from '../publishing/JobWork';
import { DatabaseWebhookEvents } from './DatabaseWebhookEvents';
import { migratedDatabase } from './__testUtils__/migratedDatabase';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'events of Notion on %s',
  databaseId => {
    const AT = new Date('2026-11-22T08:00:00Z');
    let knex: Knex;
    let enqueued: NewWork<JobWork>[];
    let failure: Error | undefined;
    let events: DatabaseWebhookEvents;

    beforeAll(async () => {
      knex = await migratedDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await knex('herald_webhook_event').delete();
      enqueued = [];
      failure = undefined;
      events = new DatabaseWebhookEvents(knex, {
        publishAfterMs: 600,
        work: {
          enqueue: async (_tx, items) => {
            if (failure) throw failure;
            enqueued.push(...items);
            return [];
          },
        },
      });
    });

    it('are worked on once, where two replicas found both that they are new', async () => {
      expect(await events.isNew('event')).toBe(true);
      await Promise.all([
        events.take('event', AT, ['ZCP']),
        events.take('event', AT, ['ZCP']),
      ]);
      expect(enqueued).toEqual([
        {
          kind: 'republish',
          payload: { solution: 'ZCP' },
          key: 'ZCP',
          runAfter: new Date(AT.getTime() + 600),
        },
      ]);
      expect(await events.isNew('event')).toBe(false);
    });

    it('are new again where their work could not be asked for', async () => {
      failure = new Error('No space left');
      await expect(events.take('event', AT, ['ZCP'])).rejects.toThrow(failure);
      expect(await events.isNew('event')).toBe(true);
    });
  },
);
