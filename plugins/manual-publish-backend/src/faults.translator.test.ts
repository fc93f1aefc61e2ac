import { blocks, rich } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';

const databases = testEngines();
/** So many segments that one of them is less than five in a hundred. */
const MANY = Array.from({ length: 30 }, (_, index) =>
  blocks.paragraph(`Sentence ${index} of many`),
);

// What a translator answers has nothing to do with the database.
describe('a translator that fails', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3');
  });
  afterAll(() => manuals.stop());
  afterEach(() => manuals.mend());

  const korean = (solution: string) =>
    `i18n/ko/docusaurus-plugin-content-docs/current/${solution.toLowerCase()}`;

  it('one text that it cannot do is left in the source language, with a warning', async () => {
    const { translatorFaults } = manuals.sandbox.openAi;
    const manual = manuals.manual(
      ...MANY,
      blocks
        .paragraph('A stubborn text with ', rich.bold('a tag'))
        .as('stubborn'),
    );
    translatorFaults.add({ kind: 'lost-tag', about: 'stubborn' });
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({
      status: 'COMPLETED',
      warning_count: 1,
      warnings: [
        {
          code: 'segment-untranslated',
          language: 'ko',
          message: expect.stringMatching(/stubborn.*missing: <1>/),
          url: expect.stringContaining('#'),
        },
      ],
    });
    expect(job.progress.languages).toMatchObject([
      { language: 'ko', untranslated: 1 },
    ]);
    const text = await manuals.repository.read(
      `${korean(manual.solution)}/index.mdx`,
    );
    expect(text).toContain('A stubborn text with **a tag**');
    expect(text).not.toContain('Sentence 1 of many');
  });

  it.each([
    ['loses a tag once', 'lost-tag'],
    ['drops an id once', 'dropped-id'],
    ['answers prose once', 'not-json'],
    ['breaks off once', 'truncation'],
    ['refuses once', 'refusal'],
    ['puts the answer in a fence', 'fence'],
  ] as const)('one that %s is asked again', async (_name, kind) => {
    const manual = manuals.manual(
      blocks.paragraph('Words in ', rich.bold('bold')),
    );
    manuals.sandbox.openAi.translatorFaults.add({ kind, times: 1 });
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({ status: 'COMPLETED', warning_count: 0 });
    expect(
      await manuals.repository.read(`${korean(manual.solution)}/index.mdx`),
    ).not.toContain('Words in');
  });

  it.each([
    ['answers prose', 'not-json', /of no use/],
    ['refuses', 'refusal', /ko failed/],
  ] as const)(
    'one that always %s is TRANSLATION_FAILED, and a retry succeeds',
    async (_name, kind, detail) => {
      const manual = manuals.manual();
      const head = await manuals.repository.head();
      manuals.sandbox.openAi.translatorFaults.add({ kind });
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'FAILED',
        failure: {
          reason: 'TRANSLATION_FAILED',
          detail: expect.stringMatching(detail),
        },
      });
      // Nothing is published: not even what was exported.
      await expectNoTrace(manuals, job, head);
      manuals.mend();
      expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
    },
  );

  it.each([
    [401, /manualPublish\.openai\.apiKey/],
    [403, /may not use the model/],
    [404, /does not know the model/],
  ])(
    'one that answers %i is TRANSLATION_FAILED, and a retry succeeds',
    async (status, detail) => {
      const manual = manuals.manual();
      const head = await manuals.repository.head();
      manuals.sandbox.openAi.faults.add({ status });
      const job = await manuals.publish(manual.order);
      expect(job).toMatchObject({
        status: 'FAILED',
        failure: {
          reason: 'TRANSLATION_FAILED',
          detail: expect.stringMatching(detail),
        },
      });
      expect(JSON.stringify(job)).not.toContain(manuals.sandbox.openAi.apiKey);
      await expectNoTrace(manuals, job, head);
      manuals.mend();
      expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
    },
  );

  it('what was translated before a failure is not asked for again', async () => {
    const manual = manuals.manual();
    const { openAi } = manuals.sandbox;
    // The first language is done; the other is not to be had.
    await manuals.publish(manual.order);
    openAi.faults.add({ status: 401 });
    const both = { ...manual.order, target_languages: ['ko', 'ja'] };
    const job = await manuals.publish(both);
    expect(job).toMatchObject({ status: 'FAILED' });
    manuals.mend();
    const before = openAi.log.calls.length;
    const retried = await manuals.retry(job);
    expect(retried).toMatchObject({
      status: 'COMPLETED',
      target_languages: ['ko', 'ja'],
    });
    expect(openAi.log.calls.length - before).toBe(1);
  });

  it('one that answers late is waited for, unless somebody cancels', async () => {
    const { openAi } = manuals.sandbox;
    const late = manuals.manual();
    openAi.faults.add({ delayMs: 700 });
    expect(await manuals.publish(late.order)).toMatchObject({
      status: 'COMPLETED',
      warning_count: 0,
    });
    manuals.mend();
    openAi.log.clear();
    openAi.faults.add({ delayMs: 30_000 });
    const cancelled = manuals.manual();
    const id = await manuals.ask(cancelled.order);
    await until(() => openAi.log.calls.length > 0);
    await manuals.post(`/jobs/${id}/cancel`).expect(200);
    expect(await manuals.ended(id)).toMatchObject({ status: 'CANCELLED' });
  });
});
