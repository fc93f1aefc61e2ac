import { OpenAiSandbox, startOpenAiSandbox } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import { toString } from 'mdast-util-to-string';
import { DatabaseTranslationMemory } from '../database/DatabaseTranslationMemory';
import { migratedDatabase } from '../database/__testUtils__/migratedDatabase';
import { readMdx } from '../mdx/readMdx';
import type { Warning } from '../publishing/Warning';
import {
  TranslationOrder,
  translateDocuments,
} from '../translation/translateDocuments';
import { OpenAiTranslator } from './OpenAiTranslator';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'pages through OpenAI, on %s',
  engine => {
    let sandbox: OpenAiSandbox;
    let memory: DatabaseTranslationMemory;
    let warnings: Warning[];

    beforeEach(async () => {
      sandbox = await startOpenAiSandbox();
      const knex = await migratedDatabase(databases, engine);
      memory = new DatabaseTranslationMemory(knex, { now: () => new Date() });
      warnings = [];
    });
    afterEach(() => sandbox.stop());

    const lines = Array.from(
      { length: 60 },
      (_, index) => `- Press **key ${index}** and \`wait\``,
    ).join('\n');
    const documents = [
      {
        pageId: 'page-1',
        title: 'Keys',
        root: readMdx(`# Keys\n\n${lines}\n`, { headingIds: 'mdx' }),
      },
    ];

    const translate = (order: Partial<TranslationOrder> = {}) =>
      translateDocuments({
        documents,
        labels: [],
        languages: ['ko', 'ar'],
        sourceLanguage: 'en',
        translator: new OpenAiTranslator({
          apiKey: sandbox.apiKey,
          baseUrl: sandbox.url,
          model: 'gpt-5-mini',
          maxRetries: 1,
        }),
        memory,
        glossary: new Map(),
        limits: { segmentsPerCall: 10 },
        signal: new AbortController().signal,
        onWarning: each => warnings.push(each),
        ...order,
      });

    it.each([
      'dropped-id',
      'lost-tag',
      'fence',
      'truncation',
      'not-json',
    ] as const)(
      'are whole although two answers had the fault %s',
      async kind => {
        sandbox.translatorFaults.add({ kind, times: 2 });
        const { languages } = await translate();
        expect(languages.map(each => each.untranslated)).toEqual([0, 0]);
        expect(toString(languages[1].documents[0].root)).toContain('ķéý 59');
        expect(warnings).toEqual([]);
      },
    );

    it('cost no call the second time', async () => {
      const first = await translate();
      expect(first.usage.calls).toBe(14);
      sandbox.log.clear();
      const second = await translate();
      expect(sandbox.log.calls).toEqual([]);
      expect(second.usage).toMatchObject({
        calls: 0,
        inputTokens: 0,
        rememberedSegments: 122,
      });
      expect(second.languages.map(each => each.documents)).toEqual(
        first.languages.map(each => each.documents),
      );
    });

    it('keep a segment that goes on losing its tags, with a warning', async () => {
      sandbox.translatorFaults.add({ kind: 'lost-tag', about: 'key 7<' });
      const { languages } = await translate({
        limits: { segmentsPerCall: 1 },
      });
      expect(languages.map(each => each.untranslated)).toEqual([1, 1]);
      expect(
        warnings
          .map(({ code, language, pageId }) => [code, language, pageId])
          .sort(),
      ).toEqual([
        ['segment-untranslated', 'ar', 'page-1'],
        ['segment-untranslated', 'ko', 'page-1'],
      ]);
      expect(warnings[0].message).toContain('“Press key 7 and”');
    });

    it('fail, and say for which language, where answers are never JSON', async () => {
      sandbox.translatorFaults.add({ kind: 'not-json', about: 'Arabic' });
      await expect(translate()).rejects.toMatchObject({
        name: 'TranslationFailed',
        language: 'ar',
        total: 61,
      });
    });

    it('fail where the model refuses, and where the key is wrong', async () => {
      sandbox.translatorFaults.add({ kind: 'refusal' });
      await expect(translate()).rejects.toMatchObject({
        name: 'TranslationFailed',
        message: expect.stringContaining('refuses to translate'),
      });
      await expect(
        translate({
          translator: new OpenAiTranslator({
            apiKey: 'sk-other',
            baseUrl: sandbox.url,
            model: 'gpt-5-mini',
          }),
        }),
      ).rejects.toMatchObject({
        name: 'TranslationFailed',
        message: expect.stringContaining('manualPublish.openai.apiKey'),
      });
    });

    it('that were translated in part are asked for the rest', async () => {
      sandbox.faults.add({ delayMs: 0, times: 6 });
      sandbox.faults.add({ status: 400 });
      await expect(
        translate({
          languages: ['ko'],
          limits: { segmentsPerCall: 10, concurrency: 1 },
        }),
      ).rejects.toMatchObject({
        name: 'TranslationFailed',
        untranslated: 1,
      });
      sandbox.faults.clear();
      const { usage } = await translate({ languages: ['ko'] });
      expect(usage).toMatchObject({ calls: 1, rememberedSegments: 60 });
    });
  },
);
