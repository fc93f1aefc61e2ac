import { testEngines } from '@herald/test-utils';
import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { readMdx } from '../mdx/readMdx';
import {
  Translating,
  documentOf,
  sentences,
  startTranslating,
} from './__testUtils__/startTranslating';
import { TranslationFailed, TranslatorUnavailable } from './errors';

const databases = testEngines();

const page = (mdx: string): Root => readMdx(mdx, { headingIds: 'mdx' });

describe.each(databases.eachSupportedId())(
  'translating that does not go well, on %s',
  engine => {
    let translator: Translating['translator'];
    let warnings: Translating['warnings'];
    let translate: Translating['translate'];

    beforeEach(async () => {
      ({ translator, warnings, translate } = await startTranslating(
        await databases.init(engine),
      ));
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
  },
);
