import { mockServices } from '@backstage/backend-test-utils';
import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { DatabaseManuals } from '../database/DatabaseManuals';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { Solution } from '../publishing/Solution';
import { SourceUnavailable } from '../source/errors';
import { PageOutline } from '../source/ManualSource';
import { Manuals } from './Manuals';

const databases = testEngines();
const ROOT = '11111111-1111-1111-1111-111111111111';
const zcp: Solution = {
  name: 'ZCP',
  type: 'zcp',
  rootPageId: ROOT,
  position: 1,
  glossaries: new Map(),
};
const START = Date.parse('2026-11-22T08:00:00Z');

type Reading = {
  resolve: (outline: PageOutline) => void;
  reject: (reason: Error) => void;
};

const outline = (title: string): PageOutline => ({
  id: ROOT,
  title,
  url: 'https://www.notion.so/1',
  lastEditedAt: new Date(START),
  children: [],
});

describe.each(databases.eachSupportedId())('manuals on %s', engine => {
  let knex: Knex;
  let now: number;
  /** What the source answers, once the test lets it. */
  let readings: Reading[];
  let manuals: Manuals;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, engine);
  });

  beforeEach(async () => {
    await knex('herald_manuals_tree').delete();
    now = START;
    readings = [];
    manuals = new Manuals({
      source: {
        readOutline: () =>
          new Promise((resolve, reject) => readings.push({ resolve, reject })),
      },
      store: new DatabaseManuals(knex),
      logger: mockServices.logger.mock(),
      maxAgeMs: 60_000,
      answerWithinMs: 30,
      now: () => new Date(now),
    });
  });

  const look = async (refresh = false) => {
    const { pages, readAt, problem, isBeingRead } = await manuals.treeOf(zcp, {
      refresh,
    });
    return {
      titles: pages.map(({ title }) => title),
      readAt: readAt?.getTime(),
      problem,
      isBeingRead,
    };
  };
  const NONE = { titles: [], readAt: undefined, problem: undefined };

  /** Looks, and lets the source answer at once. */
  const lookAndRead = async (title: string, refresh = false) => {
    const looking = look(refresh);
    while (readings.length === 0) await new Promise(setImmediate);
    readings.pop()?.resolve(outline(title));
    return looking;
  };

  it('that are read quickly are waited for, and read again only when they are old', async () => {
    const read = { titles: ['A'], readAt: START, isBeingRead: false };
    expect(await lookAndRead('A')).toEqual({ ...NONE, ...read });
    now += 59_000;
    expect(await look()).toEqual({ ...NONE, ...read });
    expect(readings).toHaveLength(0);
    now += 2_000;
    expect(await lookAndRead('B')).toMatchObject({ titles: ['B'] });
  });

  it('that take their time are told as being read, first without pages, and are there later', async () => {
    expect(await look()).toEqual({ ...NONE, isBeingRead: true });
    // The same reading, not one more.
    expect(await look()).toEqual({ ...NONE, isBeingRead: true });
    expect(readings).toHaveLength(1);
    readings[0].resolve(outline('A'));
    while ((await look()).isBeingRead) await new Promise(setImmediate);
    expect(await look()).toMatchObject({ titles: ['A'], readAt: START });
  });

  it('that were read before are told as they were, however long it takes', async () => {
    await lookAndRead('A');
    now += 120_000;
    expect(await look()).toEqual({
      titles: ['A'],
      readAt: START,
      problem: undefined,
      isBeingRead: true,
    });
    expect(await look(true)).toMatchObject({
      titles: ['A'],
      isBeingRead: true,
    });
    readings[0].resolve(outline('B'));
    while ((await look()).isBeingRead) await new Promise(setImmediate);
    expect(await look()).toMatchObject({ titles: ['B'] });
  });

  it('that somebody reads anew are told as being read to all others, though they are not old', async () => {
    await lookAndRead('A');
    expect(await look()).toMatchObject({ isBeingRead: false });
    const asking = look(true);
    while (readings.length === 0) await new Promise(setImmediate);
    const read = { titles: ['A'], readAt: START, problem: undefined };
    expect(await look()).toEqual({ ...read, isBeingRead: true });
    readings[0].resolve(outline('B'));
    expect(await asking).toMatchObject({ titles: ['B'], isBeingRead: false });
    expect(await look()).toMatchObject({ titles: ['B'], isBeingRead: false });
  });

  it('whose reading fails when nobody waits any more say why to who comes next', async () => {
    expect(await look()).toMatchObject({ isBeingRead: true });
    readings[0].reject(new SourceUnavailable('Notion goes on failing'));
    await new Promise(setImmediate);
    expect(await look()).toMatchObject({
      titles: [],
      problem: 'Notion goes on failing',
      isBeingRead: true,
    });
    expect(readings).toHaveLength(2);
    readings[1].resolve(outline('A'));
    while ((await look()).isBeingRead) await new Promise(setImmediate);
    expect(await look()).toMatchObject({ titles: ['A'], problem: undefined });
  });

  it('whose reading fails at once are those of before, with the reason; without any it is thrown', async () => {
    const failing = async (refresh: boolean) => {
      const looking = look(refresh);
      while (readings.length === 0) await new Promise(setImmediate);
      readings.pop()?.reject(new SourceUnavailable('no'));
      return looking;
    };
    await expect(failing(false)).rejects.toThrow('no');
    await lookAndRead('A');
    expect(await failing(true)).toEqual({
      titles: ['A'],
      readAt: START,
      problem: 'no',
      isBeingRead: false,
    });
  });
});
