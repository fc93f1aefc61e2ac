import { manualPublishOperations } from '@herald/backstage-plugin-manual-publish-common';
import { testEngines } from '@herald/test-utils';
import fc from 'fast-check';
import { SmallManuals, startSmallManuals } from './__testUtils__/smallManuals';

const databases = testEngines();
const { publish } = manualPublishOperations;

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('', '\0', '\uD800', '..', "';--", '%00', '__proto__', 'null'),
);
const anything = fc.oneof(text, fc.jsonValue(), fc.double(), fc.boolean());

describe.each(databases.eachSupportedId())('bad bodies on %s', engine => {
  let manuals: SmallManuals;
  let good: Record<string, unknown>;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, engine);
    good = manuals.manual().order;
    await manuals.get('/manuals?selected_solution=S0').expect(200);
  });
  afterAll(() => manuals.stop());

  const field = (name: string) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(good[name]) },
      { weight: 2, arbitrary: anything },
    );
  const bodies = () =>
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

  it('are refused as bad requests, and never break the server', async () => {
    await fc.assert(
      fc.asyncProperty(bodies(), async body => {
        const isValid = publish.body.safeParse(
          JSON.parse(JSON.stringify(body) ?? 'null'),
        ).success;
        const { status } = await manuals.post('/publish', JSON.stringify(body));
        expect(isValid ? [202, 400, 404] : [400]).toContain(status);
      }),
      { numRuns: 150 },
    );
    const { body } = await manuals.get('/jobs?limit=100').expect(200);
    for (const job of body.jobs) {
      expect(job).toMatchObject({
        solution: 'S0',
        notion_page_id: good.notion_page_id,
      });
      await manuals.post(`/jobs/${job.id}/cancel`);
    }
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
