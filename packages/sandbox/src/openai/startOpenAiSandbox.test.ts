import OpenAI from 'openai';
import { OpenAiSandbox, startOpenAiSandbox } from './startOpenAiSandbox';

describe('the OpenAI stand-in, asked by the official SDK', () => {
  let sandbox: OpenAiSandbox;
  let client: OpenAI;

  beforeEach(async () => {
    sandbox = await startOpenAiSandbox();
    client = new OpenAI({
      apiKey: sandbox.apiKey,
      baseURL: sandbox.url,
      maxRetries: 0,
    });
  });
  afterEach(() => sandbox.stop());

  const segments = [
    { id: 's1', text: 'Open the <1>console</1>.' },
    { id: 's2', text: 'Press <1/> twice' },
  ];

  const listSchema = {
    type: 'object',
    additionalProperties: false,
    required: ['translations'],
    properties: {
      translations: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'text'],
          properties: { id: { type: 'string' }, text: { type: 'string' } },
        },
      },
    },
  };

  const keyedSchema = {
    type: 'object',
    additionalProperties: false,
    required: ['s1', 's2'],
    properties: { s1: { type: 'string' }, s2: { type: 'string' } },
  };

  function translate(
    schema: Record<string, unknown> = listSchema,
    system = 'Translate into Korean.',
  ): Promise<OpenAI.ChatCompletion> {
    return client.chat.completions.create({
      model: 'gpt-5-mini',
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: JSON.stringify({ segments }) },
      ],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'translations', strict: true, schema },
      },
    });
  }

  const contentOf = (completion: OpenAI.ChatCompletion): string =>
    completion.choices[0].message.content ?? '';

  it('answers a list with an item for each segment, its tags kept', async () => {
    const completion = await translate();
    expect(JSON.parse(contentOf(completion))).toEqual({
      translations: [
        {
          id: 's1',
          text: expect.stringMatching(/^\[Öþéñ ţĥé <1>çöñšöļé<\/1>\.~+\]$/),
        },
        { id: 's2', text: expect.stringContaining('<1/>') },
      ],
    });
    expect(completion.choices[0].finish_reason).toBe('stop');
  });

  it('answers an object whose properties are the ids', async () => {
    const answer: unknown = JSON.parse(contentOf(await translate(keyedSchema)));
    expect(answer).toEqual({
      s1: expect.stringContaining('<1>'),
      s2: expect.stringContaining('<1/>'),
    });
  });

  it('refuses a strict schema that is open or has optional properties, as OpenAI does', async () => {
    await expect(
      translate({ ...keyedSchema, additionalProperties: true }),
    ).rejects.toThrow(
      /Invalid schema for response_format 'translations'.*additionalProperties/,
    );
    await expect(
      translate({ ...keyedSchema, required: ['s1'] }),
    ).rejects.toThrow("Missing 's2'");
  });

  it('counts tokens, and those that it has read before', async () => {
    const long = 'A rule of the glossary. '.repeat(300);
    const first = await translate(listSchema, long);
    const second = await translate(listSchema, long);
    expect(first.usage?.prompt_tokens_details?.cached_tokens).toBe(0);
    const cached = second.usage?.prompt_tokens_details?.cached_tokens ?? 0;
    expect(cached).toBeGreaterThanOrEqual(1024);
    expect(cached % 128).toBe(0);
    expect(cached).toBeLessThanOrEqual(second.usage?.prompt_tokens ?? 0);
  });

  describe('faults', () => {
    it('drops an id, once', async () => {
      sandbox.translatorFaults.add({ kind: 'dropped-id', times: 1 });
      expect(
        JSON.parse(contentOf(await translate())).translations,
      ).toHaveLength(1);
      expect(
        JSON.parse(contentOf(await translate())).translations,
      ).toHaveLength(2);
    });

    it('loses a tag', async () => {
      sandbox.translatorFaults.add({ kind: 'lost-tag' });
      const [first] = JSON.parse(contentOf(await translate())).translations;
      expect(first.text).not.toContain('<1>');
      expect(first.text).toContain('</1>');
    });

    it('wraps the answer in a fence', async () => {
      sandbox.translatorFaults.add({ kind: 'fence' });
      expect(contentOf(await translate())).toMatch(/^```json\n\{[^]*\}\n```$/);
    });

    it('stops in the middle for length', async () => {
      sandbox.translatorFaults.add({ kind: 'truncation' });
      const completion = await translate();
      expect(completion.choices[0].finish_reason).toBe('length');
      expect(() => JSON.parse(contentOf(completion))).toThrow();
    });

    it('refuses', async () => {
      sandbox.translatorFaults.add({ kind: 'refusal' });
      const [{ message }] = (await translate()).choices;
      expect(message.content).toBeNull();
      expect(message.refusal).toEqual(expect.any(String));
    });

    it('strikes only requests that are about something', async () => {
      sandbox.translatorFaults.add({ kind: 'not-json', about: 'Japanese' });
      const korean = await translate();
      expect(JSON.parse(contentOf(korean)).translations).toHaveLength(2);
      const japanese = await translate(listSchema, 'Translate into Japanese.');
      expect(() => JSON.parse(contentOf(japanese))).toThrow();
    });

    it('limits the rate with Retry-After, which the SDK waits for', async () => {
      sandbox.faults.add({ status: 429, retryAfterSeconds: 3, times: 1 });
      const error: unknown = await translate().catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(OpenAI.RateLimitError);
      expect(error).toMatchObject({ code: 'rate_limit_exceeded' });
      expect(
        (error as InstanceType<typeof OpenAI.RateLimitError>).headers?.get(
          'retry-after',
        ),
      ).toBe('3');

      sandbox.faults.add({ status: 429, retryAfterSeconds: 0, times: 1 });
      client = client.withOptions({ maxRetries: 1 });
      await translate();
      expect(sandbox.log.calls.map(call => call.status)).toEqual([
        429, 429, 200,
      ]);
    });

    it('fails as a server', async () => {
      sandbox.faults.add({ status: 500 });
      await expect(translate()).rejects.toBeInstanceOf(
        OpenAI.InternalServerError,
      );
    });

    it('is slow', async () => {
      sandbox.faults.add({ delayMs: 5_000 });
      client = client.withOptions({ timeout: 50 });
      await expect(translate()).rejects.toBeInstanceOf(
        OpenAI.APIConnectionError,
      );
    });

    it('knows one key only', async () => {
      client = client.withOptions({ apiKey: 'sk-other' });
      const error: unknown = await translate().catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
      expect(error).toMatchObject({ code: 'invalid_api_key' });
    });
  });
});
