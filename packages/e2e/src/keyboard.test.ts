import { Browser, Page } from 'playwright-core';
import { openBrowser, signIn } from './browser';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { send } from './send';

// The first portal builds the frontend.
jest.setTimeout(10 * 60_000);

const TITLE = 'Your build is green';

/** The name of what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const name =
      element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    return name.trim();
  });

describe('without a mouse', () => {
  let browser: Browser;
  let portal: Portal;
  let notifications: NotificationsPage;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    portal = await Portal.start();
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });
  beforeEach(async () => {
    await send(portal, {
      title: TITLE,
      origin: 'ci',
      scope: 'the build', // so that there is one of it, unread again each time
      link: '/catalog',
      targetUsers: ['default/guest'],
      actions: [{ title: 'Open the handbook', url: '/catalog' }],
    });
    page = await signIn(browser, `${portal.url}/notifications`);
    notifications = new NotificationsPage(page);
    await notifications.markRead(TITLE).waitFor();
  });
  afterEach(async () => {
    await page.context().close();
  });

  it('Tab goes through a row as it is read: the message, then what can be done with it', async () => {
    await notifications.select(TITLE).focus();
    const order: string[] = [];
    for (let presses = 0; presses < 6; presses += 1) {
      await page.keyboard.press('Tab');
      order.push(await focused(page));
    }
    expect(order).toEqual([
      TITLE,
      'Open the handbook',
      'Mark as read',
      'Save',
      'Archive',
      'Copy link',
    ]);
  });

  it.each(['Enter', 'Space'])('%s presses the buttons of a row', async key => {
    await notifications.markRead(TITLE).press(key);
    await notifications.markUnread(TITLE).press(key);
    await notifications.markRead(TITLE).waitFor();
    await notifications.archive(TITLE).press(key);
    await notifications.untilGone(TITLE);
  });

  it('shows what has the focus', async () => {
    await notifications.select(TITLE).focus();
    for (let presses = 0; presses < 6; presses += 1) {
      await page.keyboard.press('Tab');
      await page.waitForFunction(() => {
        const element = document.activeElement;
        if (!element) return false;
        const { outlineStyle, outlineWidth, boxShadow } =
          getComputedStyle(element);
        const hasOutline =
          outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
        return hasOutline || boxShadow !== 'none';
      });
    }
  });

  it('gives a name to everything that can be pressed', async () => {
    const main = page.getByRole('main');
    const places = {
      '': notifications.markRead(TITLE),
      '?tab=settings': main.getByRole('switch').first(),
      '?view=archived': page.getByRole('tabpanel').getByRole('heading'),
    };
    for (const [search, content] of Object.entries(places)) {
      await page.goto(`${portal.url}/notifications${search}`);
      await content.first().waitFor();
      // One look, as the page may still change.
      const pressed = (await main.ariaSnapshot()).match(
        /- (button|link|checkbox|switch)\b.*/g,
      );
      expect(pressed).not.toBeNull();
      const nameless = pressed?.filter(line => !/^- \w+ "/.test(line));
      expect({ search, nameless }).toEqual({ search, nameless: [] });
    }
  });

  it('moves nothing where motion is not wanted', async () => {
    // The list never comes, so what is shown while it is loaded stays.
    await page.route('**/api/notifications/notifications?**', () => {});
    await page.goto(`${portal.url}/notifications?view=read`);
    await notifications.tab('Personal').waitFor();
    await page.getByRole('status').getByText('Loading').first().waitFor();
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getTiming().iterations === Infinity)
        .map(animation => (animation as CSSAnimation).animationName),
    );
    expect(moving).toEqual([]);
  });
});
