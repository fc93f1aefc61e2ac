import { testEngines } from '@herald/test-utils';
import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import {
  Translating,
  documentOf,
  sentences,
  startTranslating,
} from './__testUtils__/startTranslating';
import { PseudoTranslator } from './PseudoTranslator';

const databases = testEngines();

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
  let memory: Translating['memory'];
  let translator: Translating['translator'];
  let warnings: Translating['warnings'];
  let progress: Translating['progress'];
  let translate: Translating['translate'];

  beforeEach(async () => {
    ({ memory, translator, warnings, progress, translate } =
      await startTranslating(await databases.init(engine)));
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
    progress.splice(0);
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
