import { Browser } from 'playwright-core';
import { graveAccessibilityProblems } from './accessibility';
import { keepScreenshot, openBrowser, signIn } from './browser';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { OutgoingMessage, post, send } from './send';

// The first portal builds the frontend.
jest.setTimeout(10 * 60_000);

const TO_GUEST: OutgoingMessage = {
  title: 'Your build is green',
  message: 'All 412 tests passed',
  origin: 'ci',
  topic: 'builds',
  targetUsers: ['default/guest'],
  actions: [{ title: 'Open the handbook', url: '/catalog' }],
};
/** The guest is in `docs`, whose parent this is. */
const TO_PARENT_GROUP: OutgoingMessage = {
  title: 'Engineering all-hands on Friday',
  message: 'In the big room',
  origin: 'people',
  targetGroups: ['default/engineering'],
};
const TO_ANOTHER_GROUP: OutgoingMessage = {
  title: 'Tills are being replaced',
  origin: 'people',
  targetGroups: ['default/retail'],
};
const TO_EVERYBODY: OutgoingMessage = {
  title: 'Maintenance on Sunday',
  message: 'The portal rests from 6 to 7',
  origin: 'operations',
};

describe('the notifications page', () => {
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

  async function openPage(): Promise<NotificationsPage> {
    const page = await signIn(browser, `${portal.url}/notifications`);
    const notifications = new NotificationsPage(page);
    await notifications.tab('Personal').waitFor();
    return notifications;
  }

  it('says that there is nothing yet', async () => {
    const { page } = await openPage();
    await page.getByText(/no notifications|nothing here/i).waitFor();
    await keepScreenshot(page, 'empty');
  });

  it('shows what is sent to the guest, to a parent group and to everybody, while it is open', async () => {
    const notifications = await openPage();
    await send(portal, TO_GUEST);
    await send(portal, TO_PARENT_GROUP);
    await send(portal, TO_ANOTHER_GROUP);
    await send(portal, TO_EVERYBODY);

    await notifications.untilShown(TO_GUEST.title, TO_PARENT_GROUP.title);
    await notifications.untilUnread(3);
    expect(await notifications.message(TO_ANOTHER_GROUP.title).count()).toBe(0);
    expect(await notifications.message(TO_EVERYBODY.title).count()).toBe(0);
    await keepScreenshot(notifications.page, 'personal');

    await notifications.tab('Updates').click();
    await notifications.untilShown(TO_EVERYBODY.title);
    expect(await notifications.message(TO_GUEST.title).count()).toBe(0);
    await keepScreenshot(notifications.page, 'updates');
  });

  it('keeps what was marked as read over a reload, and can mark it unread again', async () => {
    await send(portal, TO_GUEST);
    await send(portal, TO_PARENT_GROUP);
    const notifications = await openPage();

    await notifications.markRead(TO_GUEST.title).click();
    await notifications.markUnread(TO_GUEST.title).waitFor();
    await notifications.untilUnread(1);

    await notifications.page.reload();
    await notifications.markUnread(TO_GUEST.title).waitFor();
    await notifications.markRead(TO_PARENT_GROUP.title).waitFor();
    await notifications.untilUnread(1);

    await notifications.markUnread(TO_GUEST.title).click();
    await notifications.untilUnread(2);
  });

  it('filters by unread and searches, and keeps both in the address', async () => {
    await send(portal, TO_GUEST);
    await send(portal, TO_PARENT_GROUP);
    const notifications = await openPage();
    await notifications.markRead(TO_GUEST.title).click();
    await notifications.markUnread(TO_GUEST.title).waitFor();

    await notifications.showUnread();
    await notifications.untilGone(TO_GUEST.title);
    await notifications.untilShown(TO_PARENT_GROUP.title);
    await notifications.page.reload();
    await notifications.untilShown(TO_PARENT_GROUP.title);
    expect(await notifications.message(TO_GUEST.title).count()).toBe(0);

    await notifications.showAll();
    await notifications.search.fill('412 TESTS');
    await notifications.untilShown(TO_GUEST.title);
    await notifications.untilGone(TO_PARENT_GROUP.title);
  });

  it('opens an action', async () => {
    await send(portal, TO_GUEST);
    const { page } = await openPage();
    await page.getByRole('link', { name: 'Open the handbook' }).click();
    await page.waitForURL('**/catalog**');
  });

  it('is used with the keyboard alone', async () => {
    await send(portal, TO_GUEST);
    const notifications = await openPage();
    const toggle = notifications.markRead(TO_GUEST.title);
    await toggle.waitFor();

    const { keyboard } = notifications.page;
    const isFocused = () =>
      toggle.evaluate(element => element === document.activeElement);
    for (let presses = 0; !(await isFocused()); presses += 1) {
      if (presses > 100) throw new Error('Tab never reaches the toggle');
      await keyboard.press('Tab');
    }
    await keyboard.press('Enter');
    await notifications.markUnread(TO_GUEST.title).waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'has no serious accessibility problem in the %s theme',
    async colorScheme => {
      await send(portal, TO_GUEST);
      await send(portal, TO_PARENT_GROUP);
      const page = await signIn(browser, `${portal.url}/notifications`, {
        colorScheme,
      });
      const notifications = new NotificationsPage(page);
      await notifications.untilShown(TO_GUEST.title, TO_PARENT_GROUP.title);

      expect(await graveAccessibilityProblems(page)).toEqual([]);
    },
  );

  it('lets nobody send without the secret', async () => {
    const notifications = await openPage();
    expect((await post(portal, TO_GUEST, {})).status).toBe(401);
    expect(
      (await post(portal, TO_GUEST, { 'notifications-secret': 'guessed' }))
        .status,
    ).toBe(401);

    await send(portal, TO_PARENT_GROUP);
    await notifications.untilShown(TO_PARENT_GROUP.title);
    expect(await notifications.message(TO_GUEST.title).count()).toBe(0);
  });
});
