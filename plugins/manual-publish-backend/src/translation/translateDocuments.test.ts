import { testEngines } from '@herald/test-utils';
import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { DatabaseTranslationMemory } from '../database/DatabaseTranslationMemory';
import { migrationConfig } from '../database/migrate';
import { readMdx } from '../mdx/readMdx';
import type { Warning } from '../publishing/Warning';
import { ScriptedTranslator } from './__testUtils__/ScriptedTranslator';
import { TranslationFailed, TranslatorUnavailable } from './errors';
import type { LanguageProgress } from './LanguageRun';
import { PseudoTranslator } from './PseudoTranslator';
import type { TranslationMemory } from './TranslationMemory';
import { TranslationOrder, translateDocuments } from './translateDocuments';

const databases = testEngines();

const page = (mdx: string): Root => readMdx(mdx, { headingIds: 'mdx' });
const documentOf = (pageId: string, mdx: string) => ({
  pageId,
  title: `Page ${pageId}`,
  root: page(mdx),
});
const sentences = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `Sentence ${'x'.repeat(index % 7)} no. ${index}`,
  ).join('\n\n');

/** A page of a hundred paragraphs that no other page has. */
const longPage = (number: number): Root => ({
  type: 'root',
  children: Array.from({ length: 100 }, (_, line) => ({
    type: 'paragraph',
    children: [
      { type: 'text', value: 'See ' },
      { type: 'strong', children: [{ type: 'text', value: `page ${number}` }] },
      { type: 'text', value: ` at line ${line}, then ` },
      { type: 'inlineCode', value: 'go' },
      { type: 'text', value: ' on as the guide says.' },
    ],
  })),
});

describe.each(databases.eachSupportedId())('translating, on %s', engine => {
  let memory: TranslationMemory;
  let translator: ScriptedTranslator;
  let warnings: Warning[];
  let progress: LanguageProgress[];

  beforeEach(async () => {
    const knex = await databases.init(engine);
    await knex.migrate.latest(migrationConfig);
    memory = new DatabaseTranslationMemory(knex, { now: () => new Date() });
    translator = new ScriptedTranslator();
    warnings = [];
    progress = [];
  });

  const translate = (order: Partial<TranslationOrder>) =>
    translateDocuments({
      documents: [],
      labels: [],
      languages: ['ko'],
      sourceLanguage: 'en',
      translator,
      memory,
      glossary: new Map(),
      signal: new AbortController().signal,
      onProgress: each => progress.push(each),
      onWarning: each => warnings.push(each),
      ...order,
    });

  it('gives pages and labels back in each language, in order', async () => {
    const { languages } = await translate({
      languages: ['ko', 'ar'],
      documents: [
        documentOf('a', '---\ntitle: One\n---\n\n# One\n\nTwo `x`\n'),
        documentOf('b', '```\ncode\n```\n'),
      ],
      labels: [
        { key: 'start', text: 'Getting started' },
        { key: 'version', text: '1.0' },
      ],
    });
    expect(languages.map(({ language }) => language)).toEqual(['ko', 'ar']);
    expect(languages[1].documents.map(({ pageId }) => pageId)).toEqual([
      'a',
      'b',
    ]);
    expect(
      languages[1].documents[0].root.children.map(each => toString(each)),
    ).toEqual(['title: ar:One', 'ar:One', 'ar:Two x']);
    expect(languages[0].labels).toEqual([
      { key: 'start', text: 'ko:Getting started' },
      { key: 'version', text: '1.0' },
    ]);
    expect(warnings).toEqual([]);
  });

  it('asks for a segment once, wherever and however often it stands', async () => {
    await translate({
      documents: [
        documentOf('a', 'Same\n\nSame\n'),
        documentOf('b', '- Same\n- **Same**\n'),
      ],
      labels: [{ key: 'k', text: 'Same' }],
    });
    expect(translator.asked('ko')).toEqual(['Same']);
  });

  it('asks for nothing that is remembered, also when it has moved to another page', async () => {
    await translate({ documents: [documentOf('a', 'One\n\nTwo\n')] });
    const { languages, usage } = await translate({
      documents: [documentOf('b', '- Two\n\n> One\n\nThree\n')],
    });
    expect(translator.asked('ko')).toEqual(['One', 'Two', 'Three']);
    expect(usage).toMatchObject({ calls: 1, rememberedSegments: 2 });
    expect(toString(languages[0].documents[0].root)).toBe(
      'ko:Twoko:Oneko:Three',
    );
  });

  it('asks again where language, translator or glossary are others', async () => {
    const documents = [documentOf('a', 'One\n')];
    await translate({ documents });
    await translate({ documents, languages: ['ja'] });
    translator.version = 'scripted/2';
    await translate({ documents });
    const glossary = new Map([
      ['ko', { terms: [{ source: 'One', target: '하나' }], keep: [] }],
    ]);
    await translate({ documents, glossary });
    await translate({ documents, glossary });
    expect(translator.requests).toHaveLength(4);
  });

  it('tells the translator what the glossary of the language and of all says', async () => {
    await translate({
      documents: [documentOf('a', 'One\n')],
      glossary: new Map([
        ['ko', { terms: [{ source: 'a', target: 'b' }], keep: ['K'] }],
        ['*', { terms: [{ source: 'a', target: 'c' }], keep: ['Herald', 'K'] }],
        ['ja', { terms: [{ source: 'x', target: 'y' }], keep: [] }],
      ]),
    });
    expect(translator.requests[0].glossary).toMatchObject({
      terms: [{ source: 'a', target: 'b' }],
      keep: ['Herald', 'K'],
    });
  });

  it('tries a bad answer again with the reason, twice, and takes the good one', async () => {
    translator.script('ko', 'Open <1>it</1>', [
      '열기',
      '<1>열기</1> <2/>',
      '<1>열기</1>',
    ]);
    const { languages } = await translate({
      documents: [documentOf('a', 'Open **it**\n\nFine\n')],
    });
    expect(
      translator.requests.map(each =>
        [...each.segments].map(({ text }) => text),
      ),
    ).toEqual([
      ['Open <1>it</1>', 'Fine'],
      ['Open <1>it</1>'],
      ['Open <1>it</1>'],
    ]);
    expect([...(translator.requests[1].problems ?? [])]).toEqual([
      ['s1', 'its tags have to be <1> </1>; missing: <1> </1>'],
    ]);
    expect([...(translator.requests[2].problems?.values() ?? [])]).toEqual([
      'its tags have to be <1> </1>; not among them or too often: <2/>',
    ]);
    expect(toString(languages[0].documents[0].root)).toBe('열기ko:Fine');
    expect(languages[0].untranslated).toBe(0);
    expect(warnings).toEqual([]);
  });

  it('leaves in the source language what never comes right, and says where it stands', async () => {
    translator.script('ko', 'Open <1>it</1>', ['', '', '']);
    const root = page(`Open **it**\n\n${sentences(30)}\n\n- Open _it_\n`);
    root.children[0].data = { blockId: 'block-1' };
    const { languages } = await translate({
      documents: [{ pageId: 'a', title: 'Guide', root }],
    });
    const [first] = languages[0].documents[0].root.children;
    expect(first).toEqual(root.children[0]);
    expect(languages[0]).toMatchObject({
      total: 31,
      done: 31,
      untranslated: 1,
    });
    const warning = {
      code: 'segment-untranslated',
      message:
        'Guide: “Open it” is not translated into Korean: the answer was empty',
      pageId: 'a',
      language: 'ko',
    };
    expect(warnings).toEqual([
      { ...warning, blockId: 'block-1' },
      { ...warning, blockId: undefined },
    ]);
    await translate({ documents: [{ pageId: 'a', title: 'Guide', root }] });
    expect(translator.requests.at(-1)?.segments).toHaveLength(1);
  });

  it('takes a translation that lost a term of the glossary when it will not come better, and says so', async () => {
    translator.script('ko', 'Open Herald', [
      '헤럴드 1',
      '헤럴드 2',
      '헤럴드 3',
    ]);
    const { languages } = await translate({
      documents: [documentOf('a', 'Open Herald\n')],
      glossary: new Map([['*', { terms: [], keep: ['Herald'] }]]),
    });
    expect(toString(languages[0].documents[0].root)).toBe('헤럴드 3');
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'segment-doubtful',
        message:
          'Page a: “Open Herald” may be wrong in Korean: "Herald" has to stay as it is',
      }),
    ]);
  });

  it('fails where more than the share of a language is left', async () => {
    const documents = [documentOf('a', sentences(40))];
    translator.leaveOut('ja', /no\. [356]$/);
    const failure = await translate({
      documents,
      languages: ['ko', 'ja'],
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TranslationFailed);
    expect(failure).toMatchObject({
      language: 'ja',
      total: 40,
      untranslated: 3,
    });
    expect((failure as Error).message).toBe(
      'Translation into ja failed: more than 5 % of the answers were of no use (3 of 40 segments have no translation)',
    );

    const { languages } = await translate({
      documents,
      languages: ['ja'],
      limits: { untranslatedShare: 0.1 },
    });
    expect(languages[0].untranslated).toBe(3);
  });

  it('fails where the translator is not there, and has stored what came before', async () => {
    const documents = [documentOf('a', sentences(10))];
    translator.failAfter(2, new TranslatorUnavailable('it is gone'));
    await expect(
      translate({
        documents,
        limits: { segmentsPerCall: 4, concurrency: 1 },
      }),
    ).rejects.toThrow(
      'Translation into ko failed: it is gone (2 of 10 segments have no translation)',
    );
    translator.failAfter(Infinity, new Error());
    const { usage } = await translate({ documents });
    expect(usage.rememberedSegments).toBe(8);
    expect(translator.asked('ko').slice(10)).toEqual([
      'Sentence x no. 8',
      'Sentence xx no. 9',
    ]);
  });

  it('ends all languages with the first that fails, and none goes on calling', async () => {
    translator.failFor('ja', new TranslatorUnavailable('no Japanese'));
    const documents = [documentOf('a', sentences(50))];
    await expect(
      translate({
        documents,
        languages: ['ko', 'ja', 'de'],
        limits: { segmentsPerCall: 1, concurrency: 3 },
      }),
    ).rejects.toThrow('no Japanese');
    const calls = translator.requests.length;
    expect(calls).toBeLessThan(20);
    await new Promise(resolve => setImmediate(resolve));
    expect(translator.requests).toHaveLength(calls);
  });

  it('ends with the reason of the signal, and what came is stored', async () => {
    const controller = new AbortController();
    const reason = new Error('cancelled');
    translator.onRequest = () => {
      if (translator.requests.length === 2) controller.abort(reason);
    };
    const documents = [documentOf('a', sentences(10))];
    await expect(
      translate({
        documents,
        signal: controller.signal,
        limits: { segmentsPerCall: 2, concurrency: 1 },
      }),
    ).rejects.toBe(reason);
    expect(translator.requests).toHaveLength(2);
    translator.onRequest = () => {};
    const { usage } = await translate({ documents });
    expect(usage.rememberedSegments).toBe(2);
    await expect(
      translate({ documents, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });

  it('has all languages under one limit, side by side', async () => {
    await translate({
      documents: [documentOf('a', sentences(12))],
      languages: ['ko', 'ja', 'zh', 'de'],
      limits: { segmentsPerCall: 2, concurrency: 3 },
    });
    expect(translator.mostAtOnce).toBe(3);
    const firstOfLast = translator.requests.findIndex(
      ({ language }) => language === 'de',
    );
    const lastOfFirst = translator.requests.findLastIndex(
      ({ language }) => language === 'ko',
    );
    expect(firstOfLast).toBeLessThan(lastOfFirst);
  });

  it('keeps calls within tokens and count; what is longer goes alone', async () => {
    await translate({
      documents: [
        documentOf(
          'a',
          'aaaa\n\nbbbb\n\ncccc\n\ndddddddddddddddddddd\n\ne\n\nf\n\ng\n\nh\n',
        ),
      ],
      limits: { segmentsPerCall: 3, tokensPerCall: 10, concurrency: 1 },
    });
    expect(
      translator.requests.map(each => each.segments.map(({ text }) => text)),
    ).toEqual([
      ['aaaa', 'bbbb'],
      ['cccc'],
      ['dddddddddddddddddddd'],
      ['e', 'f', 'g'],
      ['h'],
    ]);
  });

  it('tells how far it is and what it cost', async () => {
    await translate({ documents: [documentOf('a', 'One\n')] });
    progress = [];
    await translate({
      documents: [documentOf('a', `One\n\n${sentences(3)}\n`)],
      limits: { segmentsPerCall: 2, concurrency: 1 },
    });
    const usage = { cachedInputTokens: 1, rememberedSegments: 1 };
    expect(progress).toEqual([
      expect.objectContaining({ language: 'ko', done: 1, total: 4 }),
      {
        language: 'ko',
        done: 3,
        total: 4,
        untranslated: 0,
        usage: { ...usage, calls: 1, inputTokens: 10, outputTokens: 20 },
      },
      {
        language: 'ko',
        done: 4,
        total: 4,
        untranslated: 0,
        usage: {
          ...usage,
          calls: 2,
          inputTokens: 20,
          cachedInputTokens: 2,
          outputTokens: 40,
        },
      },
    ]);
  });

  it('takes a page that is in the target language as it is, and warns of one that seems untranslated', async () => {
    translator.answer = ({ text }) => text;
    const { languages } = await translate({
      documents: [
        documentOf(
          'korean',
          '콘솔을 열고 나타날 때까지 기다려 주십시오. 오래 걸립니다.\n',
        ),
        documentOf(
          'english',
          'Open the console and wait until it is there.\n\nThen close it again, as slowly as you can.\n',
        ),
      ],
    });
    expect(toString(languages[0].documents[0].root)).toMatch(/^콘솔을/);
    expect(warnings).toEqual([
      {
        code: 'translation-unchanged',
        message:
          'Page english: 2 texts are the same in Korean as in the source',
        pageId: 'english',
        language: 'ko',
      },
    ]);
  });

  it('asks again where what is remembered does not pass the checks of now', async () => {
    const documents = [documentOf('a', 'Open **it**\n')];
    const keys: string[] = [];
    await translate({
      documents,
      memory: {
        recall: async asked => {
          keys.push(...asked);
          return new Map();
        },
        remember: async each => memory.remember(each),
      },
    });
    await memory.remember([
      {
        key: keys[0],
        translation: 'without its tags',
        language: 'ko',
        translatorVersion: translator.version,
        glossaryVersion: '',
      },
    ]);
    const { languages } = await translate({ documents });
    expect(toString(languages[0].documents[0].root)).toBe('ko:Open it');
    expect((await translate({ documents })).usage.rememberedSegments).toBe(1);
  });

  it('of 10,000 segments takes seconds, and the second time less', async () => {
    const documents = Array.from({ length: 100 }, (_, index) => ({
      pageId: `${index}`,
      title: `Page ${index}`,
      root: longPage(index),
    }));
    const run = async () => {
      const started = performance.now();
      const result = await translate({
        documents,
        translator: new PseudoTranslator(),
      });
      return { result, ms: performance.now() - started };
    };
    const first = await run();
    const second = await run();
    expect(first.result.languages[0].total).toBe(10_000);
    expect(second.result.usage.rememberedSegments).toBe(10_000);
    expect(first.ms).toBeLessThan(30_000);
    expect(second.ms).toBeLessThan(15_000);
  });
});
