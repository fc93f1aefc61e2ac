import type { BrowserContextOptions } from 'playwright-core';
import { BURST, PERSONAL, UPDATES } from './exampleMessages';
import type { NotificationsPage } from './notificationsPage';
import { settingsShown, written } from './picturedForms';
import type { Portal } from './portal';
import { send } from './send';

/** High enough for every message of the example. */
export const DESKTOP = { viewport: { width: 1280, height: 1200 } };
const NARROW = { viewport: { width: 320, height: 900 } };
const DARK = { ...DESKTOP, colorScheme: 'dark' } as const;

/** One of the notifications page. */
export type Picture = {
  name: string;
  options?: BrowserContextOptions;
  /** Beyond the page. */
  search?: string;
  /** The whole page, however long it is. */
  isWhole?: boolean;
  /** What is waited for, and done. */
  ready: (page: NotificationsPage, portal: Portal) => Promise<void>;
};

const titles = (messages: readonly { title: string }[]) =>
  messages.map(({ title }) => title);

const shown = (page: NotificationsPage) => page.untilShown(...titles(PERSONAL));

const SMALL = { viewport: { width: 900, height: 760 } };

export const beforeAnythingCame: Picture[] = [
  {
    name: 'empty',
    ready: ({ page }) =>
      page.getByText(/no notifications|nothing here/i).waitFor(),
  },
  ...[
    ['updates', '?tab=updates'],
    ['saved', '?tab=saved'],
    ['archive', '?view=archived'],
    ['unread', '?view=unread'],
    ['read', '?view=read'],
    ['no-match', '?q=nowhere'],
  ].map(
    ([name, search], index): Picture => ({
      name: `empty-${name}`,
      search,
      options: index % 2 ? { ...SMALL, colorScheme: 'dark' } : SMALL,
      ready: ({ page }) =>
        page.getByRole('tabpanel').getByRole('heading').waitFor(),
    }),
  ),
];

/** @param linked - the id of a message */
export function ofAnInbox(linked: string): Picture[] {
  return [
    {
      name: 'unread',
      ready: async page => {
        await shown(page);
        for (const { title } of PERSONAL.slice(0, 2)) {
          await page.markRead(title).click();
          await page.markUnread(title).waitFor();
        }
      },
    },
    { name: 'readme', ready: shown },
    { name: 'dark', options: DARK, ready: shown },
    { name: 'narrow', options: NARROW, isWhole: true, ready: shown },
    {
      name: 'narrow-filters',
      options: NARROW,
      ready: async page => {
        await shown(page);
        await page.page.getByRole('button', { name: /^Filters/ }).click();
      },
    },
    {
      name: 'selected',
      ready: async page => {
        await shown(page);
        await page.select(PERSONAL[1].title).press('Space');
        await page.select(PERSONAL[2].title).press('Space');
      },
    },
    {
      name: 'updates',
      ready: async page => {
        await page.tab('Updates').click();
        await page.untilShown(...titles(UPDATES));
      },
    },
    {
      name: 'linked',
      search: `?${new URLSearchParams({ id: linked })}`,
      ready: async page => {
        await page.linked.getByRole('heading', { level: 2 }).first().waitFor();
        await shown(page);
      },
    },
    {
      name: 'linked-unknown',
      search: '?id=0198c1de-7a4e-7c3b-9d0e-2f6f0d7b9a11',
      ready: ({ page }) => page.getByText('There is no such message').waitFor(),
    },
    {
      name: 'archived',
      ready: async page => {
        await shown(page);
        await page.archive(PERSONAL[0].title).click();
        await page.page.getByRole('button', { name: 'Undo' }).waitFor();
      },
    },
    {
      name: 'error',
      ready: async ({ page }) => {
        await page.route('**/api/notifications/notifications?**', route =>
          route.fulfill({
            status: 500,
            json: {
              error: { name: 'Error', message: 'The database is away' },
              request: { method: 'GET', url: '/notifications' },
              response: { statusCode: 500 },
            },
          }),
        );
        await page.reload();
        await page.getByRole('button', { name: 'Try again' }).waitFor();
      },
    },
    {
      name: 'settings',
      search: '?tab=settings',
      isWhole: true,
      ready: settingsShown,
    },
    {
      name: 'settings-narrow-dark',
      search: '?tab=settings',
      options: { ...NARROW, colorScheme: 'dark' },
      isWhole: true,
      ready: settingsShown,
    },
    { name: 'send', search: '?tab=send', isWhole: true, ready: written },
    {
      name: 'send-dark',
      search: '?tab=send',
      options: DARK,
      isWhole: true,
      ready: written,
    },
    {
      name: 'send-narrow',
      search: '?tab=send',
      options: NARROW,
      isWhole: true,
      ready: written,
    },
    {
      name: 'send-refused',
      search: '?tab=send',
      isWhole: true,
      ready: async ({ page }) => {
        await page.getByRole('button', { name: 'Send', exact: true }).click();
        await page.getByText('Must not be empty.').first().waitFor();
      },
    },
    {
      name: 'german',
      ready: async ({ page }) => {
        await page.evaluate(() => localStorage.setItem('language', 'de'));
        await page.reload();
        await page.getByRole('tab', { name: /Persönlich/ }).waitFor();
        await page.getByRole('list', { name: 'Nachrichten' }).waitFor();
      },
    },
  ];
}

export const afterABurst: Picture[] = [
  {
    name: 'burst',
    ready: ({ page }) => page.getByText('12 messages from ci').waitFor(),
  },
  {
    name: 'burst-open',
    ready: async ({ page }) => {
      await page.getByRole('button', { name: 'Show them' }).click();
      await page.getByText(BURST[0].title).waitFor();
    },
  },
  ...(['light', 'dark'] as const).map(
    (colorScheme): Picture => ({
      name: `snackbar-${colorScheme}`,
      options: { ...SMALL, colorScheme },
      ready: async ({ page }, portal) => {
        await page.waitForResponse(/\/notifications\/stream/);
        await page.getByRole('tab', { name: /^Personal/ }).waitFor();
        await send(portal, PERSONAL[5]);
        await page.getByRole('link', { name: 'Open', exact: true }).focus();
      },
    }),
  ),
  {
    name: 'focus',
    options: SMALL,
    ready: async ({ page }) => {
      const button = page.getByRole('button', { name: 'Archive' }).last();
      await button.focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await page.getByRole('tooltip').waitFor();
    },
  },
];

export const ofAThousand: Picture[] = [
  {
    name: 'thousand',
    ready: async ({ page }) => {
      const more = page.getByRole('button', { name: 'Load more' });
      const end = page.getByText('That is all of them.');
      await more.waitFor();
      const start = Date.now();
      while (!(await end.isVisible())) {
        if (await more.isVisible()) {
          await more.click();
        }
      }
      const loaded = Date.now();
      await page
        .getByRole('checkbox', { name: 'Select all shown' })
        .press('Space');
      await page.getByText(/^\d+ selected$/).waitFor();
      process.stdout.write(
        `a thousand rows: loaded in ${loaded - start} ms, selected in ${
          Date.now() - loaded
        } ms\n`,
      );
    },
  },
];
