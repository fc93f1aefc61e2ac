import { testEngines } from '@herald/test-utils';
import { Knex } from 'knex';
import { memoryKey } from '../translation/TranslationMemory';
import { DatabaseTranslationMemory } from './DatabaseTranslationMemory';
import { migratedDatabase } from './__testUtils__/migratedDatabase';
import { migrationConfig } from './migrate';

const databases = testEngines();
const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-11-23T08:00:00Z');

const keyOf = (segment: string, changed: object = {}) =>
  memoryKey(segment, {
    language: 'ko',
    sourceLanguage: 'en',
    translatorVersion: 'openai/gpt-5-mini/1',
    glossaryVersion: 'g1',
    ...changed,
  });

const remembered = (segment: string, translation: string) => ({
  key: keyOf(segment),
  translation,
  language: 'ko',
  translatorVersion: 'openai/gpt-5-mini/1',
  glossaryVersion: 'g1',
});

describe.each(databases.eachSupportedId())('the memory on %s', engine => {
  let knex: Knex;
  let now: number;
  let memory: DatabaseTranslationMemory;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, engine);
    now = START;
    memory = new DatabaseTranslationMemory(knex, { now: () => new Date(now) });
  });

  it('gives back what it was given, and knows nothing else', async () => {
    await memory.remember([
      remembered('One', '하나 <1>👩‍💻</1> \' " \\ %'),
      remembered('Two', '둘'),
    ]);
    expect(
      await memory.recall([keyOf('One'), keyOf('Two'), keyOf('Three')]),
    ).toEqual(
      new Map([
        [keyOf('One'), '하나 <1>👩‍💻</1> \' " \\ %'],
        [keyOf('Two'), '둘'],
      ]),
    );
    expect(await memory.recall([])).toEqual(new Map());
    await memory.remember([]);
  });

  it('has a later translation in place of an earlier one', async () => {
    await memory.remember([remembered('One', 'bad')]);
    await memory.remember([remembered('One', '하나')]);
    expect(await memory.recall([keyOf('One')])).toEqual(
      new Map([[keyOf('One'), '하나']]),
    );
  });

  it('takes thousands at once', async () => {
    const many = Array.from({ length: 2_345 }, (_, index) =>
      remembered(`Segment ${index}`, `${index}`),
    );
    await memory.remember(many);
    const recalled = await memory.recall(many.map(({ key }) => key));
    expect(recalled.size).toBe(2_345);
    expect(recalled.get(keyOf('Segment 2344'))).toBe('2344');
  });

  it('is filled by two jobs with the same segments at once', async () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      remembered(`Segment ${index}`, `${index}`),
    );
    await Promise.all([
      memory.remember(many),
      memory.remember([...many].reverse()),
      memory.remember(many),
    ]);
    expect(await knex('herald_translation_memory')).toHaveLength(300);
  });

  it('forgets what has not been used for long, and nothing else', async () => {
    await memory.remember([remembered('Old', 'a'), remembered('Used', 'b')]);
    now += 10 * DAY_MS;
    await memory.recall([keyOf('Used')]);
    await memory.remember([remembered('New', 'c')]);
    expect(await memory.purge(new Date(START))).toBe(0);
    expect(await memory.purge(new Date(START + 5 * DAY_MS))).toBe(1);
    expect(
      [
        ...(
          await memory.recall(['Old', 'Used', 'New'].map(each => keyOf(each)))
        ).values(),
      ].sort(),
    ).toEqual(['b', 'c']);
  });

  it('writes a use down once a day', async () => {
    await memory.remember([remembered('One', 'a')]);
    const lastUse = async () =>
      Number((await knex('herald_translation_memory').first()).last_used_at);
    now += DAY_MS - 1;
    await memory.recall([keyOf('One')]);
    expect(await lastUse()).toBe(START);
    now += 1;
    await memory.recall([keyOf('One')]);
    expect(await lastUse()).toBe(START + DAY_MS);
  });

  it('stores no source text', async () => {
    await memory.remember([remembered('A secret plan', 'x')]);
    expect(
      JSON.stringify(await knex('herald_translation_memory')),
    ).not.toContain('secret');
  });

  it('goes and comes with its migration', async () => {
    await knex.migrate.rollback(migrationConfig, true);
    expect(await knex.schema.hasTable('herald_translation_memory')).toBe(false);
    await knex.migrate.latest(migrationConfig);
    expect(await memory.recall([keyOf('One')])).toEqual(new Map());
  });
});

describe('the key of a translation', () => {
  it('is another for another text, language, translator or glossary', () => {
    const keys = [
      keyOf('One'),
      keyOf('One '),
      keyOf('<1>One</1>'),
      keyOf('One', { language: 'ja' }),
      keyOf('One', { sourceLanguage: 'de' }),
      keyOf('One', { translatorVersion: 'openai/gpt-5-mini/2' }),
      keyOf('One', { glossaryVersion: 'g2' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf('One')).toBe(keys[0]);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  });
});
