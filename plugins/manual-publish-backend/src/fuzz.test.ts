import { manualPublishOperations } from '@herald/backstage-plugin-manual-publish-common';
import { testEngines } from '@herald/test-utils';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
const { publish } = manualPublishOperations;

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('', '\0', '\uD800', '..', "';--", '%00', '__proto__', 'null'),
);
const anything = fc.oneof(text, fc.jsonValue(), fc.double(), fc.boolean());

/** A field as a client may write it, and what becomes of the request where nothing before it is refused. */
type Field = { value: unknown; fate: 'taken' | 'malformed' | 400 | 404 };

const fields = (fate: Field['fate'], ...values: unknown[]) =>
  fc.constantFrom(...values.map((value): Field => ({ value, fate })));
const mostly = (
  likely: fc.Arbitrary<Field>,
  ...others: fc.Arbitrary<Field>[]
) =>
  fc.oneof(
    { weight: 6, arbitrary: likely },
    ...others.map(arbitrary => ({ weight: 1, arbitrary })),
  );

const languages = mostly(
  fc
    .option(fc.subarray(['ko', 'ja', 'zh', 'fr', 'ar'], { minLength: 1 }), {
      nil: undefined,
    })
    .map((value): Field => ({ value, fate: 'taken' })),
  fields(400, ['ko', 'xx'], ['en'], ['ja', 'ja'], ['KO']),
  fields('malformed', [], 'ko', null),
);
const flag = fc.oneof(
  { weight: 20, arbitrary: fields('taken', undefined, true, false) },
  { weight: 1, arbitrary: fields('malformed', 'true', 1, null) },
);

describe.each(databases.eachSupportedId())('bodies on %s', engine => {
  let manuals: SmallManuals;
  let manual: ReturnType<SmallManuals['manual']>;
  let other: ReturnType<SmallManuals['manual']>;
  let good: Record<string, unknown>;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, engine);
    manual = manuals.manual();
    other = manuals.manual();
    good = manual.order;
    await manuals.get('/manuals?selected_solution=S0').expect(200);
  });
  afterAll(() => manuals.stop());

  const pageIds = () => [
    manual.id(),
    ...['install', 'operate', 'backup'].map(name => manual.id(name)),
  ];
  const likely = () => {
    const ids = pageIds();
    return fc.record({
      selected_solution: mostly(
        fields('taken', 'S0', 's0'),
        fields(404, 'S00', 'S', 'T0'),
      ),
      target_languages: languages,
      notion_page_id: mostly(
        fields(
          'taken',
          ...ids,
          ...ids.map(id => id.toUpperCase()),
          ...ids.map(id => id.replaceAll('-', '')),
        ),
        fields(404, randomUUID()),
        fields(400, other.id(), other.id('backup')),
        fields('malformed', `${other.id()}0`),
      ),
      dry_run: flag,
      force: flag,
      update_slugs: flag,
    });
  };

  const field = (name: string) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(good[name]) },
      { weight: 2, arbitrary: anything },
    );
  const odd = () =>
    fc.oneof(
      anything,
      fc.record(
        {
          notion_page_id: field('notion_page_id'),
          selected_solution: field('selected_solution'),
          target_languages: fc.oneof(
            field('target_languages'),
            fc.array(fc.oneof(text, fc.constantFrom('ko', 'en', 'xx')), {
              maxLength: 60,
            }),
          ),
          dry_run: anything,
          force: anything,
          update_slugs: anything,
        },
        { requiredKeys: [] },
      ),
      fc
        .record({ key: text, value: anything })
        .map(({ key, value }) => ({ ...good, [key]: value })),
    );

  it('that are likely are taken, or refused for what is wrong with them', async () => {
    const met = { 202: 0, 400: 0, 404: 0 };
    await fc.assert(
      fc.asyncProperty(likely(), async request => {
        const body = Object.fromEntries(
          Object.entries(request).map(([name, { value }]) => [name, value]),
        );
        // The server looks at them in the order that the record has.
        const refused = Object.values(request)
          .map(({ fate }) => fate)
          .filter(fate => fate === 400 || fate === 404);
        const isMalformed = Object.values(request).some(
          ({ fate }) => fate === 'malformed',
        );
        const expected = isMalformed ? 400 : refused[0] ?? 202;
        const { status } = await manuals.post('/publish', body);
        expect(status).toBe(expected);
        met[expected] += 1;
      }),
      { numRuns: 100 },
    );
    for (const status of [202, 400, 404] as const) {
      expect(met[status]).toBeGreaterThan(5);
    }
    const { body } = await manuals.get('/jobs?limit=100').expect(200);
    expect(body.jobs).toHaveLength(met[202]);
    for (const job of body.jobs) {
      expect(job.solution).toBe('S0');
      expect(pageIds()).toContain(job.notion_page_id);
      await manuals.post(`/jobs/${job.id}/cancel`);
    }
  });

  it('that are odd are refused as bad requests, and never break the server', async () => {
    await fc.assert(
      fc.asyncProperty(odd(), async body => {
        const isValid = publish.body.safeParse(
          JSON.parse(JSON.stringify(body) ?? 'null'),
        ).success;
        const { status } = await manuals.post('/publish', JSON.stringify(body));
        expect(isValid ? [202, 400, 404] : [400]).toContain(status);
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ['no JSON', '{"a":', 400],
    ['nothing', '', 400],
    ['too much', `{"a":"${'x'.repeat(70_000)}"}`, 413],
    ['very deep', '['.repeat(30_000) + ']'.repeat(30_000), 400],
  ])('%s is refused', async (_name, body, status) => {
    const response = await manuals.post('/publish', body);
    expect(response.status).toBe(status);
    expect(response.text).not.toMatch(/node_modules|\bat .*:\d+/);
  });

  it.each(['not-a-uuid', '..%2f..', '%00', '0'.repeat(400), '%E0%A4%A'])(
    'job ids such as %s are refused by every operation on a job',
    async id => {
      const statuses = await Promise.all([
        manuals.get(`/jobs/${id}`).then(({ status }) => status),
        manuals.get(`/watch/${id}`).then(({ status }) => status),
        manuals.post(`/jobs/${id}/cancel`).then(({ status }) => status),
        manuals.post(`/jobs/${id}/retry`).then(({ status }) => status),
      ]);
      for (const status of statuses) expect([400, 404]).toContain(status);
    },
  );
});
