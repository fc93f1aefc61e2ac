import { Fault, notionId } from '@herald/sandbox';
import { testEngines } from '@herald/test-utils';
import {
  SmallManuals,
  expectNoTrace,
  startSmallManuals,
  until,
} from './__testUtils__/smallManuals';

const databases = testEngines();

describe.each(databases.eachSupportedId())(
  'Notion that fails, on %s',
  engine => {
    let manuals: SmallManuals;
    beforeAll(async () => {
      manuals = await startSmallManuals(databases, engine, {
        notion: { patience: { milliseconds: 400 } },
      });
    });
    afterAll(() => manuals.stop());
    afterEach(() => manuals.mend());

    /** Begins a job, and does something while Notion is asked this. */
    async function publishWhile(
      order: { selected_solution: string },
      path: string,
      action: () => void,
    ) {
      const { log, faults } = manuals.sandbox.notion;
      // So that the first question is the job's, and not whether there is such a page.
      await manuals
        .get(`/manuals?selected_solution=${order.selected_solution}`)
        .expect(200);
      log.clear();
      faults.add({ path, times: 1, delayMs: 300 });
      const id = await manuals.ask(order);
      await until(() => log.calls.some(call => call.path.includes(path)));
      action();
      return manuals.ended(id);
    }

    it.each(['remove', 'unshare'] as const)(
      'a page below that somebody has taken away midway (%s) is left out',
      async action => {
        const manual = manuals.manual();
        const { workspace } = manuals.sandbox.notion;
        const job = await publishWhile(manual.order, manual.id('operate'), () =>
          workspace[action](manual.id('operate')),
        );
        expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
        const pages = await manuals.published(manual.folder);
        expect(pages).toContain(`${manual.folder}/install.mdx`);
        expect(pages.filter(file => file.includes('operate'))).toEqual([]);
        expect(await manuals.leftOvers(job)).toEqual([]);
      },
    );

    it.each([
      ['remove', 'pages'],
      ['unshare', 'blocks'],
    ] as const)(
      'the published page itself that somebody has taken away midway (%s) is PAGE_NOT_FOUND',
      async (action, asked) => {
        const manual = manuals.manual();
        const { workspace } = manuals.sandbox.notion;
        const head = await manuals.repository.head();
        const job = await publishWhile(
          manual.order,
          `/${asked}/${manual.id()}`,
          () => workspace[action](manual.id()),
        );
        expect(job).toMatchObject({
          status: 'FAILED',
          commits: [],
          failure: { reason: 'PAGE_NOT_FOUND', page_id: manual.id() },
        });
        await expectNoTrace(manuals, job, head);
      },
    );

    it('a page that is shared again is published by a retry', async () => {
      const manual = manuals.manual();
      const { workspace } = manuals.sandbox.notion;
      const job = await publishWhile(
        manual.order,
        `/blocks/${manual.id()}`,
        () => workspace.unshare(manual.id()),
      );
      expect(job.status).toBe('FAILED');
      workspace.share(manual.id());
      expect(await manuals.retry(job)).toMatchObject({
        status: 'COMPLETED',
        retry_of: job.id,
      });
    });

    it.each([
      ['does not listen', { cut: 'before' }, /goes on failing/],
      ['answers 500', { status: 500 }, /goes on failing.*500/],
      [
        'does not take the token any more',
        { status: 401 },
        /manualPublish\.notion\.token/,
      ],
      [
        'is kept away by something in between',
        { status: 405, path: /pages/ },
        /does not answer for/,
      ],
    ] satisfies [string, Fault, RegExp][])(
      'Notion that %s is EXPORT_FAILED, and a retry succeeds',
      async (_name, fault, detail) => {
        const manual = manuals.manual();
        const head = await manuals.repository.head();
        manuals.sandbox.notion.faults.add({ path: /blocks/, ...fault });
        const job = await manuals.publish(manual.order);
        expect(job).toMatchObject({
          status: 'FAILED',
          failure: {
            reason: 'EXPORT_FAILED',
            detail: expect.stringMatching(detail),
          },
        });
        expect(JSON.stringify(job)).not.toContain(manuals.sandbox.notion.token);
        await expectNoTrace(manuals, job, head);
        manuals.mend();
        expect(await manuals.retry(job)).toMatchObject({ status: 'COMPLETED' });
      },
    );

    it('who asks for something that is no page for Notion is told that there is no such page', async () => {
      const manual = manuals.manual();
      manuals.sandbox.notion.faults.add({ status: 400 });
      const { body } = await manuals
        .post('/publish', {
          ...manual.order,
          notion_page_id: notionId('a database'),
        })
        .expect(404);
      expect(body.error.message).toContain(notionId('a database'));
    });

    it.each([
      [{ cut: 'before' }, /Notion goes on failing/],
      [{ status: 401 }, /Notion refuses the token/],
      // Not an answer of Notion's, such as a gateway gives.
      [{ status: 405 }, /Notion does not answer for/],
    ] satisfies [Fault, RegExp][])(
      'who asks for a page while Notion cannot be asked (%j) is told so, and no job is made',
      async (fault, message) => {
        const manual = manuals.manual();
        manuals.sandbox.notion.faults.add(fault);
        // A solution's own page is not asked for before the job does it.
        const { body } = await manuals
          .post('/publish', {
            ...manual.order,
            notion_page_id: notionId('some page below'),
          })
          .expect(503);
        expect(body.error.message).toMatch(message);
        const jobs = await manuals.get(`/jobs?solution=${manual.solution}`);
        expect(jobs.body.jobs).toEqual([]);
      },
    );
  },
);

// How long Notion is waited for has nothing to do with the database.
describe('storms of Notion', () => {
  let manuals: SmallManuals;
  beforeAll(async () => {
    manuals = await startSmallManuals(databases, 'SQLITE_3');
  });
  afterAll(() => manuals.stop());
  afterEach(() => manuals.mend());

  it.each([
    ['429', { times: 5, status: 429, retryAfterSeconds: 1 }],
    ['529', { times: 5, status: 529, retryAfterSeconds: 1 }],
    ['connections that break', { times: 3, cut: 'midway' }],
  ] satisfies [string, Fault][])('%s are outlasted', async (_name, fault) => {
    const manual = manuals.manual();
    manuals.sandbox.notion.faults.add({ path: /blocks/, ...fault });
    const job = await manuals.publish(manual.order);
    expect(job).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(await manuals.published(manual.folder)).toContain(
      `${manual.folder}/operate/backup.mdx`,
    );
  });

  it('a pause of an hour is not waited for: the job fails, and who asks next is told how long it lasts', async () => {
    const paused = await startSmallManuals(databases, 'SQLITE_3');
    const manual = paused.manual();
    paused.sandbox.notion.faults.add({
      path: /blocks/,
      status: 429,
      retryAfterSeconds: 3600,
    });
    const job = await paused.publish(manual.order);
    expect(job.failure).toEqual({
      reason: 'EXPORT_FAILED',
      detail: expect.stringMatching(/goes on failing.*429|asked for a pause/),
    });
    const { body } = await paused
      .post('/publish', {
        ...manual.order,
        notion_page_id: manual.id('install'),
      })
      .expect(503);
    expect(body.error.message).toMatch(
      /pause, which lasts another \d+ seconds/,
    );
    await paused.stop();
  });
});
