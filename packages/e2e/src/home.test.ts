import { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { graveAccessibilityProblems } from './accessibility';
import { keepScreenshot, openBrowser, signIn } from './browser';
import {
  publishAll,
  PublishedJob,
  PublishingPortal,
  startPublishing,
} from './publishing';

// The first portal builds the frontend.
jest.setTimeout(10 * 60_000);

const ENTITY = '/catalog/default/component/cloud-platform';

describe('the cards of manual publishing in the portal', () => {
  let publishing: PublishingPortal;
  let browser: Browser;

  beforeAll(async () => {
    publishing = await startPublishing();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await publishing?.stop();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map(context => context.close()));
  });

  const open = (path: string, options?: BrowserContextOptions) =>
    signIn(browser, publishing.portal.url + path, options);

  const shownAt = async (page: Page, width: number) => {
    await page.setViewportSize({ width, height: 900 });
    return page.evaluate(
      () => document.documentElement.scrollWidth <= window.innerWidth,
    );
  };

  it('say so while nothing was published', async () => {
    const page = await open('/');
    await page.getByText('Nothing was published yet.').waitFor();
    await keepScreenshot(page, 'home-empty');
    await page.goto(publishing.portal.url + ENTITY);
    await page
      .getByRole('region', { name: 'Manual' })
      .getByText('It was never published.')
      .waitFor();
  });

  describe('once a manual is published', () => {
    let job: PublishedJob;

    beforeAll(async () => {
      job = await publishAll(publishing.portal, 'ZCP', ['ko']);
    });

    it.each(['light', 'dark'] as const)(
      'stand on the home page, without a serious accessibility problem in the %s theme',
      async colorScheme => {
        const page = await open('/', { colorScheme });
        await page.getByText('Publications of manuals').waitFor();
        await page.locator(`a[href$="/jobs/${job.id}"]`).waitFor();
        expect(await graveAccessibilityProblems(page)).toEqual([]);
        await keepScreenshot(page, `home-${colorScheme}`);
      },
    );

    it('lead from the home page to the publication, and back by the sidebar', async () => {
      const page = await open('/');
      await page.locator(`a[href$="/jobs/${job.id}"]`).click();
      await page.getByRole('region', { name: 'Steps' }).waitFor();
      await page.getByRole('link', { name: 'Home' }).first().click();
      await page.getByText('Publications of manuals').waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    });

    it.each([320, 390])('fit a screen of %d pixels', async width => {
      const page = await open('/');
      await page.locator(`a[href$="/jobs/${job.id}"]`).waitFor();
      expect(await shownAt(page, width)).toBe(true);
      await keepScreenshot(page, `home-${width}`);
    });

    it('stand on the page of the entity whose manual it is, and on no other', async () => {
      const page = await open(ENTITY);
      const card = page.getByRole('region', { name: 'Manual' });
      await card.locator(`a[href$="/jobs/${job.id}"]`).waitFor();
      await card.getByRole('button', { name: 'Publish' }).waitFor();
      await keepScreenshot(page, 'entity');
      await page.goto(
        `${publishing.portal.url}/catalog/default/component/portal`,
      );
      await page.getByText('About', { exact: true }).waitFor();
      expect(await card.count()).toBe(0);
    });
  });
});
