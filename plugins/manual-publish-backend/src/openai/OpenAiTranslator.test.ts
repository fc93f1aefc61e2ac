import { OpenAiSandbox, startOpenAiSandbox } from '@herald/sandbox';
import type { Glossary } from '../translation/Translator';
import { OpenAiTranslator, OpenAiTranslatorOptions } from './OpenAiTranslator';

const NO_GLOSSARY: Glossary = { version: 'v', terms: [], keep: [] };

describe('translating with OpenAI', () => {
  let sandbox: OpenAiSandbox;

  beforeEach(async () => {
    sandbox = await startOpenAiSandbox();
  });
  afterEach(() => sandbox.stop());

  const translator = (options: Partial<OpenAiTranslatorOptions> = {}) =>
    new OpenAiTranslator({
      apiKey: sandbox.apiKey,
      baseUrl: sandbox.url,
      model: 'gpt-5-mini',
      maxRetries: 2,
      ...options,
    });

  const segments = [
    { id: 's1', text: 'Open the <1>console</1>.' },
    { id: 's2', text: 'Press <1/> twice' },
    { id: 's3', text: 'Close it' },
    { id: 's4', text: 'Wait' },
  ];

  const translate = (
    by = translator(),
    request: Partial<Parameters<OpenAiTranslator['translate']>[0]> = {},
  ) =>
    by.translate({
      language: 'ko',
      sourceLanguage: 'en',
      segments,
      glossary: NO_GLOSSARY,
      signal: new AbortController().signal,
      ...request,
    });

  const statuses = () => sandbox.log.calls.map(({ status }) => status);

  it('answers each segment by its id, with tags, and says what it cost', async () => {
    const { texts, usage } = await translate();
    expect([...texts.keys()]).toEqual(['s1', 's2', 's3', 's4']);
    expect(texts.get('s1')).toMatch(/^\[Öþéñ ţĥé <1>çöñšöļé<\/1>\.~+\]$/);
    expect(usage).toMatchObject({ calls: 1, cachedInputTokens: 0 });
    expect(usage.inputTokens).toBeGreaterThan(100);
    expect(usage.outputTokens).toBeGreaterThan(10);
  });

  it('begins every call of a language alike, so that the provider has most of it cached', async () => {
    const glossary = {
      version: 'v',
      terms: Array.from({ length: 100 }, (_, index) => ({
        source: `term number ${index}`,
        target: `용어 ${index}`,
      })),
      keep: ['Herald'],
    };
    const by = translator();
    await translate(by, { glossary });
    const { usage } = await translate(by, {
      glossary,
      segments: segments.map(({ id }) => ({ id, text: `Other text ${id}` })),
      problems: new Map([['s1', 'it was empty']]),
    });
    expect(usage.cachedInputTokens).toBeGreaterThanOrEqual(1024);
    expect(usage.cachedInputTokens / usage.inputTokens).toBeGreaterThan(0.8);
  });

  it('takes an answer in a fence', async () => {
    sandbox.translatorFaults.add({ kind: 'fence' });
    expect((await translate()).texts.size).toBe(4);
  });

  it('hands on what lacks an id, has lost tags or is no JSON, for the checks to find', async () => {
    sandbox.translatorFaults.add({ kind: 'dropped-id', times: 1 });
    const dropped = await translate();
    expect(dropped.texts.get('s3')).toContain('Çļöšé');
    expect(dropped.texts.get('s4') ?? '').toBe('');

    sandbox.translatorFaults.add({ kind: 'lost-tag', times: 1 });
    expect((await translate()).texts.get('s1')).not.toContain('<1>');

    sandbox.translatorFaults.add({ kind: 'not-json', times: 1 });
    const { texts, usage } = await translate();
    expect(texts.size).toBe(0);
    expect(usage.calls).toBe(1);
  });

  it('halves what does not fit in an answer until it fits', async () => {
    sandbox.translatorFaults.add({ kind: 'truncation', times: 2 });
    const { texts, usage } = await translate();
    expect([...texts.keys()].sort()).toEqual(['s1', 's2', 's3', 's4']);
    expect(usage.calls).toBe(5);
  });

  it('leaves out the one segment that never fits', async () => {
    sandbox.translatorFaults.add({ kind: 'truncation', about: 'Close it' });
    const { texts } = await translate();
    expect([...texts.keys()].sort()).toEqual(['s1', 's2', 's4']);
  });

  it('leaves out the one segment that is refused', async () => {
    sandbox.translatorFaults.add({ kind: 'refusal', about: 'Press <1/>' });
    const { texts } = await translate();
    expect([...texts.keys()].sort()).toEqual(['s1', 's3', 's4']);
  });

  it('is unavailable where the model refuses everything', async () => {
    sandbox.translatorFaults.add({ kind: 'refusal' });
    await expect(
      translate(translator(), {
        segments: Array.from({ length: 40 }, (_, index) => ({
          id: `s${index}`,
          text: 'Text',
        })),
      }),
    ).rejects.toMatchObject({
      name: 'TranslatorUnavailable',
      message: 'the model gpt-5-mini refuses to translate',
    });
    expect(sandbox.log.calls).toHaveLength(7);
  });

  it.each([
    ['limits the rate', { status: 429, retryAfterSeconds: 0 }],
    ['fails', { status: 500, retryAfterSeconds: 0 }],
    ['is overloaded', { status: 503, retryAfterSeconds: 0 }],
  ])('comes through where the server %s for a while', async (_, fault) => {
    sandbox.faults.add({ ...fault, times: 2 });
    expect((await translate()).texts.size).toBe(4);
    expect(statuses()).toEqual([fault.status, fault.status, 200]);
  });

  it('comes through where the connection is cut', async () => {
    sandbox.faults.add({ cut: 'before', times: 1 });
    sandbox.faults.add({ cut: 'midway', times: 1 });
    expect((await translate()).texts.size).toBe(4);
    expect(sandbox.log.calls).toHaveLength(3);

    sandbox.faults.add({ cut: 'midway' });
    await expect(translate()).rejects.toMatchObject({
      name: 'TranslatorUnavailable',
      message: 'the translator breaks off its answers',
    });
    expect(sandbox.log.calls).toHaveLength(6);
  });

  it.each([
    [429, 'the translator goes on limiting the rate'],
    [500, 'the translator answers 500'],
    [
      404,
      'the translator does not know the model gpt-5-mini, or manualPublish.openai.baseUrl is wrong',
    ],
    [403, 'the key may not use the model gpt-5-mini'],
  ])(
    'is unavailable where the server goes on with %d',
    async (status, message) => {
      sandbox.faults.add({ status, retryAfterSeconds: 0 });
      await expect(translate()).rejects.toMatchObject({
        name: 'TranslatorUnavailable',
        message: expect.stringContaining(message),
      });
    },
  );

  it('is unavailable where nothing listens, or nothing answers in time', async () => {
    sandbox.faults.add({ delayMs: 5_000 });
    await expect(
      translate(translator({ timeoutMs: 50, maxRetries: 0 })),
    ).rejects.toMatchObject({
      name: 'TranslatorUnavailable',
      // Under jest the SDK does not see that it was the time.
      message: expect.stringMatching(/in time|cannot be reached/),
    });
    await expect(
      translate(
        translator({ baseUrl: 'http://127.0.0.1:9/v1', maxRetries: 0 }),
      ),
    ).rejects.toMatchObject({
      name: 'TranslatorUnavailable',
      message: 'the translator cannot be reached',
    });
  });

  it('says that the key is wrong, and not what it is', async () => {
    const failure: unknown = await translate(
      translator({ apiKey: 'sk-very-secret' }),
    ).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'TranslatorUnavailable',
      message: expect.stringContaining(
        'the translator does not accept manualPublish.openai.apiKey',
      ),
    });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('secret');
  });

  it('logs neither text nor key, also where the environment asks for a log', async () => {
    const written = (['log', 'info', 'warn', 'error', 'debug'] as const).map(
      level => jest.spyOn(console, level).mockImplementation(() => {}),
    );
    process.env.OPENAI_LOG = 'debug';
    try {
      sandbox.faults.add({ status: 500, retryAfterSeconds: 0, times: 1 });
      await translate();
      expect(written.flatMap(spy => spy.mock.calls)).toEqual([]);
    } finally {
      delete process.env.OPENAI_LOG;
      written.forEach(spy => spy.mockRestore());
    }
  });

  it('ends at once with the reason of the signal', async () => {
    sandbox.faults.add({ delayMs: 10_000 });
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const answer = translate(translator(), { signal: controller.signal });
    while (sandbox.log.calls.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });

  it('has a version of model and prompt, and guesses tokens near what is billed', async () => {
    expect(translator().version).toMatch(/^openai\/gpt-5-mini\/[0-9a-f]{12}$/);
    const by = translator();
    const guessed =
      by.promptTokens({
        language: 'ko',
        sourceLanguage: 'en',
        glossary: NO_GLOSSARY,
      }) + by.estimateTokens(JSON.stringify({ segments }));
    const { usage } = await translate(by);
    expect(guessed / usage.inputTokens).toBeGreaterThan(0.5);
    expect(guessed / usage.inputTokens).toBeLessThan(1.5);
  });
});
