import { demoSolutions } from '@herald/sandbox';
import { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { graveAccessibilityProblems } from './accessibility';
import { keepScreenshot, openBrowser, signIn } from './browser';
import { ManualsPages } from './manualsPages';
import { NotificationsPage } from './notificationsPage';
import {
  askToPublish,
  publishAll,
  PublishedJob,
  PublishingPortal,
  readJob,
  startPublishing,
} from './publishing';

// The first portal builds the frontend.
jest.setTimeout(10 * 60_000);

const FIRST_PART_OF_SHA = 10;

/** Enough to see a job on its way. */
const LATENCY_MS = 20;

const MOST_TABS = 60;

async function tabTo(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  const isFocused = () =>
    target.evaluate(element => element === document.activeElement);
  for (let presses = 0; !(await isFocused()); presses += 1) {
    if (presses > MOST_TABS) {
      throw new Error(`${key} never comes to ${target}`);
    }
    await page.keyboard.press(key);
  }
}

describe('publishing manuals', () => {
  let browser: Browser;
  let publishing: PublishingPortal;
  const at = (path: string) => `${publishing.portal.url}/manual-publish${path}`;

  beforeAll(async () => {
    browser = await openBrowser();
    publishing = await startPublishing({ latencyMs: LATENCY_MS });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await publishing?.stop();
  });

  async function open(
    path = '',
    options: BrowserContextOptions = {},
  ): Promise<ManualsPages> {
    return new ManualsPages(await signIn(browser, at(path), options));
  }

  const commitsOfSite = () => publishing.sandbox.git.repository().log();

  it('goes from a dry run to two commits in the repository, step by step before the eyes of who asked', async () => {
    const before = await commitsOfSite();
    const pages = await open();
    await pages.sidebarLink.click();
    await pages.solution('ZCP').click();
    await pages.row('Scale-down rules').waitFor();

    await pages.publish('ZCP').click();
    await pages.chooseLanguages('Korean', 'Japanese');
    await pages.inDialog('See what would change').click();
    await pages.dialog.getByText('24 pages').waitFor();
    await pages.dialog
      .getByRole('row', { name: /^Korean (\d+) 0 \1$/ })
      .waitFor();
    expect(await commitsOfSite()).toHaveLength(before.length);

    const stream = pages.page.waitForResponse(/\/watch\//);
    await pages.inDialog('Publish').click();
    await pages.currentStep.waitFor();
    expect((await stream).status()).toBe(200);
    const seen = await pages.stepsUntilDone();
    expect(seen).toEqual(
      expect.arrayContaining(['Exporting', 'Translating', 'Pushing']),
    );
    await pages.untilSaid('Published');
    for (const name of ['Exporting', 'Translating', 'Pushing', 'Done']) {
      await pages.step(name).filter({ hasText: 'done' }).first().waitFor();
    }
    await keepScreenshot(pages.page, 'manuals-published');

    const [translation, exported, ...older] = await commitsOfSite();
    expect(older).toHaveLength(before.length);
    expect(await pages.commits.allInnerTexts()).toEqual([
      expect.stringContaining(exported.id.slice(0, FIRST_PART_OF_SHA)),
      expect.stringContaining(translation.id.slice(0, FIRST_PART_OF_SHA)),
    ]);
    expect(exported.paths).toContain('docs/zcp/architecture.mdx');
    for (const language of ['ko', 'ja']) {
      expect(translation.paths).toContain(
        `i18n/${language}/docusaurus-plugin-content-docs/current/zcp/architecture.mdx`,
      );
    }
  });

  it('is done with the keyboard alone, from the choice of a solution to the publication', async () => {
    const pages = await open();
    const { page } = pages;
    const { keyboard } = page;
    await pages.tree('ZCP').waitFor();

    await tabTo(page, pages.solution('ZCP'));
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await pages.row('Assess').waitFor();

    await tabTo(page, pages.row('Application Modernization manual'));
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    const publish = page.getByRole('button', { name: /^Publish these/ });
    await tabTo(page, publish, 'Shift+Tab');
    await keyboard.press('Enter');

    await tabTo(page, pages.language('Chinese'));
    await keyboard.press('Space');
    await tabTo(page, pages.inDialog('See what would change'));
    await keyboard.press('Enter');
    await pages.dialog.getByRole('table').waitFor();
    await tabTo(page, pages.inDialog('Publish'));
    await keyboard.press('Enter');

    await pages.untilSaid('Published');
    await page.getByRole('heading', { level: 2, name: 'Assess' }).waitFor();
    await pages
      .panel('Details')
      .getByText('Korean, Japanese', { exact: true })
      .waitFor();
  });

  describe('once a manual is published', () => {
    let job: PublishedJob;

    beforeAll(async () => {
      job = await publishAll(publishing.portal, 'APIM', ['ko', 'ja']);
    });

    it('has nothing to do when it is published again: no commit, no call of a translator', async () => {
      const before = await commitsOfSite();
      const pages = await open('?solution=APIM');
      await pages.publish('APIM').click();
      await pages.chooseLanguages('Korean', 'Japanese');
      await pages.inDialog('Publish without looking').click();
      await pages.untilSaid('Nothing to publish');
      await pages
        .panel('Commits')
        .getByText('No commit: nothing had changed.')
        .waitFor();

      expect(await commitsOfSite()).toHaveLength(before.length);
      expect(await readJob(publishing.portal, pages.jobId)).toMatchObject({
        status: 'COMPLETED',
        unchanged: true,
        commits: [],
        cost: { translator_calls: 0 },
      });
    });

    it('shows the same after the page of the publication is loaded again', async () => {
      const pages = await open(`/jobs/${job.id}`);
      await pages.untilSaid('Published');
      await pages.commits.nth(1).waitFor();
      const shown = () => pages.page.getByRole('main').ariaSnapshot();
      const log = pages.panel('Log').getByRole('listitem').last();
      await log.waitFor();
      const before = await shown();
      await pages.page.reload();
      await pages.commits.nth(1).waitFor();
      await log.waitFor();
      expect(await shown()).toBe(before);
    });

    it('is in the history, and so is what was asked for after it', async () => {
      const again = await publishAll(publishing.portal, 'APIM', ['ko', 'ja']);
      const { page, publications } = await open('/jobs?solution=APIM');
      await publications.first().waitFor();
      for (const { id } of [job, again]) {
        await page
          .getByRole('list', { name: 'Publications' })
          .locator(`a[href$="/jobs/${id}"]`)
          .waitFor();
      }
    });

    it('tells who asked by one notification that has become a success, with the way to the publication', async () => {
      const page = await signIn(
        browser,
        `${publishing.portal.url}/notifications`,
      );
      const notifications = new NotificationsPage(page);
      // Many of one origin are one row at first.
      const showThem = page.getByRole('button', { name: 'Show them' });
      await showThem
        .or(page.getByText('That is all of them.'))
        .first()
        .waitFor();
      if (await showThem.isVisible()) await showThem.click();
      const link = page.locator(`a[href$="/jobs/${job.id}"]`);
      await link.waitFor();
      expect(await link.count()).toBe(1);
      await notifications
        .message('API Management manual published')
        .last()
        .getByText('Success')
        .waitFor({ state: 'attached' });
      await link.click();
      await new ManualsPages(page).untilSaid('Published');
      expect(page.url()).toBe(at(`/jobs/${job.id}`));
    });

    it.each(['light', 'dark'] as const)(
      'has no serious accessibility problem on any page in the %s theme',
      async colorScheme => {
        const pages = await open('?solution=APIM', { colorScheme });
        await pages.row('API Management manual').waitFor();
        expect(await graveAccessibilityProblems(pages.page)).toEqual([]);
        await pages.publish('APIM').click();
        await pages.inDialog('See what would change').waitFor();
        expect(await graveAccessibilityProblems(pages.page)).toEqual([]);
        await pages.page.keyboard.press('Escape');
        await pages.page.goto(at('/jobs'));
        await pages.publications.first().waitFor();
        expect(await graveAccessibilityProblems(pages.page)).toEqual([]);
        await pages.page.goto(at(`/jobs/${job.id}`));
        await pages.commits.first().waitFor();
        expect(await graveAccessibilityProblems(pages.page)).toEqual([]);
      },
    );
  });

  it('is not offered to who may not publish, and refused where they ask anyhow', async () => {
    const session = await publishing.portal.sessionOf('hugo.silva');
    const pages = new ManualsPages(await signIn(browser, at(''), {}, session));
    await pages.tree('ZCP').waitFor();
    await pages.page.getByText('You may not publish ZCP.').waitFor();
    expect(
      await pages.page.getByRole('button', { name: /^Publish/ }).count(),
    ).toBe(0);

    const refusal = await askToPublish(
      publishing.portal,
      session.backstageIdentity.token,
      {
        notion_page_id: demoSolutions.ZCP,
        selected_solution: 'ZCP',
        target_languages: ['ko'],
      },
    );
    expect(refusal.status).toBe(403);
  });
});
