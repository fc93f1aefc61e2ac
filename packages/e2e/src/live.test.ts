import { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { keepScreenshot, openBrowser, openContext, signIn } from './browser';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { OutgoingMessage, send } from './send';
import { until } from './until';

// The first portal builds the frontend.
jest.setTimeout(10 * 60_000);

/** The machine may be busy; how fast the stream is recording.test.ts measures. */
const PATIENCE = 60_000;

const message = (title: string): OutgoingMessage => ({
  title,
  origin: 'ci',
  targetUsers: ['default/guest'],
});

/** The streams that the tabs of a browser have open, and how many there were in all. */
class Streams {
  readonly #requests = new Set<Request>();
  inAll = 0;

  constructor(context: BrowserContext) {
    context.on('request', request => {
      if (new URL(request.url()).pathname.endsWith('/notifications/stream')) {
        this.#requests.add(request);
        this.inAll += 1;
      }
    });
    const ended = (request: Request) => void this.#requests.delete(request);
    context.on('requestfinished', ended);
    context.on('requestfailed', ended);
  }

  get open(): number {
    return [...this.#requests].filter(
      request => !request.frame().page().isClosed(),
    ).length;
  }
}

describe('live', () => {
  let browser: Browser;
  let portal: Portal;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
  });
  beforeEach(async () => {
    portal = await Portal.start();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await portal?.stop();
  });

  const untilOpen = async (page: Page): Promise<NotificationsPage> => {
    const notifications = new NotificationsPage(page);
    await notifications.tab('Personal').waitFor();
    return notifications;
  };
  const untilShown = (title: string, ...tabs: NotificationsPage[]) =>
    Promise.all(tabs.map(tab => tab.message(title).waitFor()));

  it('two tabs share one stream; when the one that leads is closed, the other goes on', async () => {
    const context = await openContext(browser);
    const streams = new Streams(context);
    const first = await context.newPage();
    await first.goto(`${portal.url}/notifications`);
    await first.getByRole('button', { name: /enter/i }).click();
    const leader = await untilOpen(first);
    await until('the stream is open', PATIENCE, async () => streams.inAll > 0);
    const second = await context.newPage();
    await second.goto(`${portal.url}/notifications`);
    const other = await untilOpen(second);

    await send(portal, message('Build 1 is green'));
    await untilShown('Build 1 is green', leader, other);
    await Promise.all([leader.untilUnread(1), other.untilUnread(1)]);
    expect(await second.title()).toMatch(/^\(1\) /);
    expect([streams.open, streams.inAll]).toEqual([1, 1]);

    await other.markRead('Build 1 is green').click();
    await leader.markUnread('Build 1 is green').waitFor();
    await until('the number is gone from both titles', PATIENCE, async () =>
      [await first.title(), await second.title()].every(
        title => !title.startsWith('('),
      ),
    );

    await first.close();
    await until(
      'the other tab leads',
      PATIENCE,
      async () => streams.inAll === 2 && streams.open === 1,
    );
    await send(portal, message('Build 2 is green'));
    await untilShown('Build 2 is green', other);
    expect(await other.message('Build 1 is green').count()).toBe(1);
  });

  it('the number stands in the title of every page', async () => {
    const page = await signIn(browser, `${portal.url}/catalog`);
    const notifications = new NotificationsPage(page);
    const titles = async (isCounted: boolean) => {
      await page.waitForFunction(
        counted => document.title.startsWith('(1) ') === counted,
        isCounted,
      );
      return page.title();
    };
    await notifications.sidebarLink.waitFor();
    const bare = await page.title();
    await send(portal, message('Build 1 is green'));
    expect(await titles(true)).toBe(`(1) ${bare}`);
    await keepScreenshot(page, 'title');

    await page.getByRole('link', { name: 'Settings' }).first().click();
    await page.waitForURL('**/settings**');
    expect(await titles(true)).toMatch(/^\(1\) /);
    // As a page with a title of its own does.
    await page.evaluate(() => {
      document.title = 'Elsewhere';
    });
    expect(await titles(true)).toBe('(1) Elsewhere');
    await notifications.sidebarLink.click();
    await notifications.markRead('Build 1 is green').click();
    expect(await titles(false)).not.toContain('(');
  });
});
