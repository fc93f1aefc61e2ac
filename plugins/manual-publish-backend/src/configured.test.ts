import {
  SchedulerService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { blocks, rich } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  smallSolutions,
  startSmallManuals,
  startSmallSandbox,
} from './__testUtils__/smallManuals';

const databases = testEngines();
const PREFIX = 'configured';

// What the configuration says has nothing to do with the database.
describe('what is configured', () => {
  let manuals: SmallManuals;
  let scheduler: SchedulerService;
  let sandbox: Awaited<ReturnType<typeof startSmallSandbox>>;

  const start = async (
    manualPublish: JsonObject,
    glossary: JsonObject = {},
    prices: JsonObject = { input: 1, output: 1 },
  ) => {
    sandbox = await startSmallSandbox();
    scheduler = mockServices.scheduler();
    const { apiKey, url: baseUrl } = sandbox.openAi;
    manuals = await startSmallManuals(databases, 'SQLITE_3', {
      sandbox,
      prefix: PREFIX,
      features: [
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
      ],
      repository: { commitUrl: 'https://git.example.com/at/{sha}/view' },
      manualPublish: {
        openai: { apiKey, baseUrl, model: 'sandbox', prices },
        ...manualPublish,
        solutions: smallSolutions(PREFIX)
          .slice(0, 2)
          .map(solution => ({ ...solution, glossary })),
      },
    });
  };
  afterEach(async () => {
    await manuals.stop();
    for (const each of Object.values(sandbox)) await each.stop();
  });

  it('are the folders of the site, how ids of headings are written, and words that stay as they are', async () => {
    await start(
      {
        translator: 'pseudo',
        sourceDir: 'site/pages',
        targetDir: 'site/languages',
        i18nPath: '{lang}/docs/current/of-{solution}',
        mediaDir: 'media',
        headingIds: 'classic',
      },
      { keep: ['browser'] },
    );
    const manual = manuals.manual(blocks.image('architecture.png'));
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({ status: 'COMPLETED', warning_count: 0 });
    const files = await manuals.repository.files();
    const places = files.map(file => file.replace(/[^/]+$/, ''));
    expect([...new Set(places)].sort()).toEqual([
      '',
      'site/languages/ko/docs/',
      'site/languages/ko/docs/current/of-s0/',
      'site/languages/ko/docs/current/of-s0/operate/',
      'site/pages/s0/',
      'site/pages/s0/operate/',
      'site/static/media/s0/',
    ]);
    expect(
      await manuals.repository.read('site/pages/s0/install.mdx'),
    ).toContain('## Before you begin \\{#before-you-begin}\n');
    const translated = await manuals.repository.read(
      'site/languages/ko/docs/current/of-s0/install.mdx',
    );
    expect(translated).toContain('\\{#before-you-begin}');
    expect(translated).toMatch(/\[ko Ĝéţ .* browser/);
  });

  it('are words for the translator, each for its language', async () => {
    await start({}, { terms: { ko: { browser: '브라우저' } } });
    manuals.sandbox.openAi.translatorFaults.add({
      kind: 'refusal',
      about: '브라우저',
    });
    const { order } = manuals.manual();
    const publish = (language: string) =>
      manuals.publish({ ...order, target_languages: [language] });
    expect(await publish('ja')).toMatchObject({ status: 'COMPLETED' });
    expect(await publish('ko')).toMatchObject({ status: 'FAILED' });
  });

  it('are what tokens cost, and where commits can be looked at', async () => {
    await start({}, {}, { input: 2_000_000, output: 3_000_000 });
    const { order } = manuals.manual();
    const dry = await manuals.publish({ ...order, dry_run: true });
    const { input_tokens: input = 0, output_tokens: output = 0 } =
      dry.estimate ?? {};
    expect(input).toBeGreaterThan(0);
    expect(dry.estimate?.cost_usd).toBeCloseTo(2 * input + 3 * output);
    const { commits } = await manuals.publish(order);
    expect(commits).toHaveLength(2);
    expect(commits.map(({ url }) => url)).toEqual(
      commits.map(({ sha }) => `https://git.example.com/at/${sha}/view`),
    );
  });

  it('is how much of a language may stay untranslated', async () => {
    await start({ translation: { maxUntranslated: 1 } });
    manuals.sandbox.openAi.translatorFaults.add({ kind: 'lost-tag' });
    const job = await manuals.publish(
      manuals.manual(blocks.paragraph('Words in ', rich.bold('bold'))).order,
    );
    expect(job).toMatchObject({ status: 'COMPLETED', warning_count: 1 });
  });

  it.each([
    ['jobs', { jobRetention: 'PT0S' }, [404, true]],
    [
      'translations without use',
      { translation: { memoryRetention: { seconds: 0 } } },
      [200, false],
    ],
  ])('is how long %s are kept', async (_, retention, left) => {
    await start({ translator: 'pseudo', ...retention });
    const job = await manuals.publish(manuals.manual().order);
    const look = async () => [
      (await manuals.get(`/jobs/${job.id}`)).status,
      (await manuals.knex('herald_translation_memory')).length > 0,
    ];
    expect(await look()).toEqual([200, true]);
    await scheduler.triggerTask('purge');
    expect(await look()).toEqual(left);
  });

  it('is how old a tree of manuals may be', async () => {
    await start({ treeMaxAge: { milliseconds: 0 } });
    const { id, solution } = manuals.manual();
    const look = async () => {
      const { body } = await manuals
        .get(`/manuals?selected_solution=${solution}`)
        .expect(200);
      return body.manuals[0].title;
    };
    expect(await look()).toBe('Guide of S0');
    manuals.sandbox.notion.workspace.edit(id(), { title: 'Handbook' });
    expect(await look()).toBe('Handbook');
  });
});
