import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { testEngines } from '@herald/test-utils';
import { startManualPublish } from '../__testUtils__/startManualPublish';
import { readSettings } from './readSettings';

const databases = testEngines();
const ROOT = '11111111111111111111111111111111';
const OTHER = '22222222222222222222222222222222';

const read = (manualPublish: JsonObject) =>
  readSettings(mockServices.rootConfig({ data: { manualPublish } }));
const solutions = (...list: JsonObject[]) => ({ solutions: list });

describe('settings', () => {
  it('has what the configuration leaves out', () => {
    expect(readSettings(mockServices.rootConfig({ data: {} }))).toMatchObject({
      solutions: [],
      notion: undefined,
      repository: undefined,
      translator: 'openai',
      sourceLanguage: 'en',
      targetLanguages: ['ko', 'ja', 'zh'],
      site: { sourceDir: 'docs', targetDir: 'i18n', headingIds: 'mdx' },
    });
  });

  it('reads ids in any form, and languages beside the known ones', () => {
    const settings = read({
      ...solutions({ name: 'ZCP', rootPageId: ROOT.toUpperCase() }),
      languages: ['pt-BR'],
      targetLanguages: ['pt-BR', 'ko'],
    });
    expect(settings.solutions).toMatchObject([
      {
        name: 'ZCP',
        type: 'zcp',
        rootPageId: '11111111-1111-1111-1111-111111111111',
      },
    ]);
    expect(settings.targetLanguages).toEqual(['pt-BR', 'ko']);
    expect(settings.languages).toContain('pt-BR');
  });

  it.each([
    ['ko,ja', ['ko', 'ja']],
    [' ko , pt-BR,', ['ko', 'pt-BR']],
    ['ko', ['ko']],
  ])(
    'reads target languages in a text, as the environment has them: %j',
    (targetLanguages, expected) => {
      const settings = read({ languages: ['pt-BR'], targetLanguages });
      expect(settings.targetLanguages).toEqual(expected);
    },
  );

  it('takes the edges of ranges, and one solution without a folder of its own', () => {
    const settings = read({
      ...solutions({ name: 'ZCP', rootPageId: ROOT }),
      i18nPath: '{lang}/current',
      translation: { concurrency: 1, maxUntranslated: 0 },
      media: { maxBytes: 1 },
    });
    expect(settings).toMatchObject({
      site: { i18nPath: '{lang}/current' },
      translation: { concurrency: 1, maxUntranslated: 0 },
      media: { maxBytes: 1 },
    });
    const all = read({ translation: { maxUntranslated: 1 } });
    expect(all.translation.maxUntranslated).toBe(1);
  });

  it.each<[string, JsonObject, RegExp]>([
    [
      'a solution twice, in another case',
      solutions(
        { name: 'ZCP', rootPageId: ROOT },
        { name: 'zcp', rootPageId: OTHER },
      ),
      /manualPublish\.solutions: zcp is there twice/,
    ],
    [
      'a root page twice, in another form',
      solutions(
        { name: 'A', rootPageId: ROOT },
        { name: 'B', rootPageId: '11111111-1111-1111-1111-111111111111' },
      ),
      /manualPublish\.solutions: 1{8}-.* is there twice/,
    ],
    [
      'an id that is none',
      solutions(
        { name: 'A', rootPageId: ROOT },
        { name: 'B', rootPageId: '123' },
      ),
      /manualPublish\.solutions\[1\]\.rootPageId: '123' is no Notion id/,
    ],
    [
      'a name that leaves the folder',
      solutions({ name: '../zcp', rootPageId: ROOT }),
      /manualPublish\.solutions\[0\]\.name: '\.\.\/zcp'/,
    ],
    [
      'a name of nothing',
      solutions({ name: '', rootPageId: ROOT }),
      /manualPublish\.solutions\[0\]\.name/,
    ],
    [
      'a language that is none',
      { languages: ['../ko'] },
      /manualPublish\.languages: '\.\.\/ko' is no language code/,
    ],
    [
      'a source language that is none',
      { sourceLanguage: 'English' },
      /manualPublish\.sourceLanguage: 'English'/,
    ],
    [
      'a target language that nobody knows',
      { targetLanguages: ['ko', 'tlh'] },
      /manualPublish\.targetLanguages: tlh is not one of ko/,
    ],
    [
      'words of a glossary in a language that nobody knows',
      solutions({
        name: 'ZCP',
        rootPageId: ROOT,
        glossary: { terms: { ko: { tenant: '테넌트' }, kr: { tenant: 'x' } } },
      }),
      /manualPublish\.solutions\[0\]\.glossary\.terms: kr is not one of ko/,
    ],
    [
      'a text without target languages',
      { targetLanguages: ' , ' },
      /manualPublish\.targetLanguages: names no language/,
    ],
    [
      'a list without target languages',
      { targetLanguages: [] },
      /manualPublish\.targetLanguages: names no language/,
    ],
    [
      'a target language that nobody knows, in a text',
      { targetLanguages: 'ko, tlh' },
      /manualPublish\.targetLanguages: tlh is not one of ko/,
    ],
    [
      'target languages that are neither a list nor a text',
      { targetLanguages: 7 },
      /manualPublish\.targetLanguages/,
    ],
    [
      'a target language twice',
      { targetLanguages: ['ko', 'ja', 'ko'] },
      /manualPublish\.targetLanguages: ko is there twice/,
    ],
    [
      'the source language as a target',
      { sourceLanguage: 'ko', targetLanguages: ['ko'] },
      /manualPublish\.targetLanguages: ko/,
    ],
    ...[
      '..',
      '../docs',
      'docs/../..',
      '/docs',
      'docs/',
      'a//b',
      './docs',
      '',
    ].map((value): [string, JsonObject, RegExp] => [
      `sourceDir '${value}'`,
      { sourceDir: value },
      /manualPublish\.sourceDir/,
    ]),
    ...['targetDir', 'i18nPath', 'mediaDir'].map(
      (key): [string, JsonObject, RegExp] => [
        `${key} with ..`,
        { [key]: 'a/../../b' },
        new RegExp(`manualPublish\\.${key}: 'a/../../b' must be a relative`),
      ],
    ),
    [
      'translations of all languages in one folder',
      { i18nPath: 'current/{solution}' },
      /manualPublish\.i18nPath: 'current\/\{solution\}' must have \{lang\}/,
    ],
    [
      'translations where Docusaurus has no version',
      { i18nPath: '{lang}/docs/{solution}' },
      /manualPublish\.i18nPath: '\{lang\}\/docs\/\{solution\}' must have the folder of the version/,
    ],
    [
      'a sidebar without a name',
      { sidebarName: ' ' },
      /manualPublish\.sidebarName: ' ' must be a name/,
    ],
    [
      'translations of several solutions in one folder',
      {
        i18nPath: '{lang}/current',
        ...solutions(
          { name: 'A', rootPageId: ROOT },
          { name: 'B', rootPageId: OTHER },
        ),
      },
      /manualPublish\.i18nPath: '\{lang\}\/current' must have \{solution\}/,
    ],
    ...[0, -1, 1.5].map((concurrency): [string, JsonObject, RegExp] => [
      `${concurrency} requests at a time`,
      { translation: { concurrency } },
      /manualPublish\.translation\.concurrency: -?[\d.]+ must be a whole number, 1 or more/,
    ]),
    ...[-0.1, 1.1, 5].map((maxUntranslated): [string, JsonObject, RegExp] => [
      `a share of ${maxUntranslated}`,
      { translation: { maxUntranslated } },
      /manualPublish\.translation\.maxUntranslated: -?[\d.]+ must be from 0 to 1/,
    ]),
    ...[0, -1, 0.5].map((maxBytes): [string, JsonObject, RegExp] => [
      `media of ${maxBytes} bytes`,
      { media: { maxBytes } },
      /manualPublish\.media\.maxBytes: -?[\d.]+ must be a whole number, 1 or more/,
    ]),
    [
      'a translator that does not exist',
      { translator: 'google' },
      /manualPublish\.translator: 'google' is not one of openai, pseudo/,
    ],
    [
      'ids of headings that do not exist',
      { headingIds: 'html' },
      /manualPublish\.headingIds/,
    ],
    [
      'a publisher who is nobody',
      { publishers: ['guest'] },
      /manualPublish\.publishers: 'guest'/,
    ],
    [
      'a duration that is none',
      { publishOnChange: { delay: 'soon' } },
      /publishOnChange\.delay/,
    ],
  ])('refuses %s, and names the key', (_name, manualPublish, message) => {
    expect(() => read(manualPublish)).toThrow(message);
  });
});

describe('the start of the plugin', () => {
  const start = (url: string) =>
    startManualPublish(databases, 'SQLITE_3', {
      manualPublish: {
        solutions: [{ name: 'ZCP', rootPageId: ROOT }],
        notion: { token: 'ntn_x' },
        repository: { url },
      },
    });

  it.each([
    'https://user:secret_password@example.com/docs.git',
    'https://secret_password@example.com/docs.git',
    'https://example.com/docs.git?token=secret_password',
  ])(
    'stops at credentials in the URL of the repository, and says where they go: %s',
    async url => {
      const failure = await start(url).catch(error => error);
      const text = String(failure?.cause ?? failure);
      expect(text).toMatch(
        /manualPublish\.repository\.url has .* put the token into manualPublish\.repository\.token/,
      );
      expect(text).not.toContain('secret_password');
    },
  );

  it('stops at a URL that runs programs', async () => {
    const failure = await start('ext::sh -c touch% /tmp/x').catch(
      error => error,
    );
    expect(String(failure?.cause ?? failure)).toMatch(
      /must be an https, http, ssh or file URL/,
    );
  });
});
