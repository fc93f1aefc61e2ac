import { testEngines } from '@herald/test-utils';
import { DatabaseTranslationMemory } from '../database/DatabaseTranslationMemory';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { readMdx } from '../mdx/readMdx';
import { ScriptedTranslator } from './__testUtils__/ScriptedTranslator';
import { collectSegments } from './collectSegments';
import { costOf, estimateTranslation } from './estimateTranslation';
import { glossaryFor } from './glossary';
import { PseudoTranslator } from './PseudoTranslator';
import { memoryKey } from './TranslationMemory';
import { translateDocuments } from './translateDocuments';

const databases = testEngines();

describe.each(databases.eachSupportedId())('the estimate, on %s', engine => {
  const order = async () => {
    const knex = await migratedDatabase(databases, engine);
    return {
      documents: [
        {
          pageId: 'a',
          title: 'A',
          root: readMdx('# One\n\nTwo\n\n```\ncode\n```\n\nTwo\n', {
            headingIds: 'mdx',
          }),
        },
      ],
      labels: [{ key: 'k', text: 'Three' }],
      languages: ['ko', 'ja'],
      sourceLanguage: 'en',
      translator: new ScriptedTranslator(),
      memory: new DatabaseTranslationMemory(knex, { now: () => new Date() }),
      glossary: new Map(),
      signal: new AbortController().signal,
    };
  };

  it('counts segments, what is remembered, calls and tokens, and asks for nothing', async () => {
    const given = await order();
    await translateDocuments({ ...given, languages: ['ko'], labels: [] });
    const { requests } = given.translator;
    expect(requests).toHaveLength(1);

    const prices = { input: 1, output: 10 };
    const estimate = await estimateTranslation({ ...given, prices });
    expect(estimate.languages).toEqual([
      {
        language: 'ko',
        segments: 3,
        remembered: expect.objectContaining({ size: 2 }),
        calls: 1,
        inputTokens: 100 + '[["0","Three"]]'.length,
        outputTokens: 21,
      },
      {
        language: 'ja',
        segments: 3,
        remembered: new Map(),
        calls: 1,
        inputTokens: 100 + '[["0","One"],["1","Two"],["2","Three"]]'.length,
        outputTokens: 55,
      },
    ]);
    expect(estimate.inputTokens).toBe(254);
    expect(estimate.outputTokens).toBe(76);
    expect(estimate.costUsd).toBeCloseTo((254 + 760) / 1_000_000, 10);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['has lost a tag', 'eins'],
    ['has a foreign tag', '<1>eins</1> <2>zwei</2>'],
    ['does not nest', '<1>eins'],
  ])(
    'counts what is remembered and %s as missing, as translating does',
    async (_, translation) => {
      const given = {
        ...(await order()),
        documents: [
          {
            pageId: 'a',
            title: 'A',
            root: readMdx('**One** two\n', { headingIds: 'mdx' }),
          },
        ],
        labels: [],
        languages: ['ko'],
      };
      const glossary = glossaryFor(given.glossary, 'ko');
      const about = {
        language: 'ko',
        translatorVersion: given.translator.version,
        glossaryVersion: glossary.version,
      };
      const [segment] = collectSegments(given.documents, []).keys();
      const key = memoryKey(segment, { ...about, sourceLanguage: 'en' });
      await given.memory.remember([{ key, translation, ...about }]);
      const estimate = await estimateTranslation(given);
      expect(estimate.languages).toMatchObject([
        { segments: 1, remembered: new Map(), calls: 1 },
      ]);
      await translateDocuments(given);
      expect(given.translator.asked('ko')).toEqual([segment]);
    },
  );

  it('is free where all is remembered or nothing is asked, and has no price where none is known', async () => {
    const given = await order();
    await translateDocuments(given);
    expect(await estimateTranslation(given)).toMatchObject({
      inputTokens: 0,
      outputTokens: 0,
      costUsd: undefined,
    });
    expect(
      await estimateTranslation({
        ...given,
        translator: new PseudoTranslator(),
      }),
    ).toMatchObject({ inputTokens: 0, outputTokens: 0 });
  });
});

describe('what tokens cost', () => {
  it('is less for those that the provider has read before', () => {
    const usage = {
      inputTokens: 1_000_000,
      cachedInputTokens: 400_000,
      outputTokens: 100_000,
    };
    expect(
      costOf(usage, { input: 2, cachedInput: 0.5, output: 8 }),
    ).toBeCloseTo(1.2 + 0.2 + 0.8);
    expect(costOf(usage, { input: 2, output: 8 })).toBeCloseTo(2.8);
  });
});

describe('the version of a glossary', () => {
  const of = (
    terms: { source: string; target: string }[],
    keep: string[] = [],
  ) => glossaryFor(new Map([['ko', { terms, keep }]]), 'ko').version;
  const a = { source: 'a', target: 'b' };
  const c = { source: 'c', target: 'd' };

  it('is that of its content, in whatever order and however often it is written down', () => {
    expect(of([a, c], ['x', 'y'])).toBe(of([c, a, a], ['y', 'x', 'y', ' ']));
    expect(of([a])).not.toBe(of([{ ...a, target: 'e' }]));
    expect(of([a])).not.toBe(of([a], ['x']));
    expect(of([])).toBe(glossaryFor(new Map(), 'ja').version);
  });
});
