import fs from 'node:fs';
import path from 'node:path';
import { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, signIn } from './browser';
import { BURST, PERSONAL, UPDATES } from './exampleMessages';
import { takeManuals } from './manualsPictures';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { takeRecording } from './recordingPictures';
import { buildDirectory, repositoryRoot } from './repository';
import { send } from './send';

// `yarn screenshots`: the README's picture, and variants of it for a person to look at, and the recording in docs/images/live. With
// names of variants, `live` or `manuals` (docs/images/manual-publish): those only.

const images = path.join(repositoryRoot, 'docs/images');
const readmePicture = path.join(images, 'notifications.png');
const variants = path.join(buildDirectory, 'screenshots');
const fileOf = (name: string) =>
  name === 'readme'
    ? readmePicture
    : path.join(variants, `notifications-${name}.png`);

/** High enough for every message of the example. */
const DESKTOP = { viewport: { width: 1280, height: 1200 } };
const NARROW = { viewport: { width: 320, height: 900 } };
const DARK = { ...DESKTOP, colorScheme: 'dark' } as const;

type Picture = {
  name: string;
  options?: BrowserContextOptions;
  /** Beyond the page. */
  search?: string;
  /** The whole page, however long it is. */
  isWhole?: boolean;
  /** What is waited for, and done. */
  ready: (page: NotificationsPage, portal: Portal) => Promise<void>;
};

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

async function pictured(
  browser: Browser,
  portal: Portal,
  picture: Picture,
): Promise<void> {
  const { name, options = DESKTOP, search = '', isWhole, ready } = picture;
  if (!isWanted(name)) {
    return;
  }
  const page = await signIn(
    browser,
    `${portal.url}/notifications${search}`,
    options,
  );
  await ready(new NotificationsPage(page), portal);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (isWhole) {
    await page.setViewportSize({
      width: options.viewport?.width ?? 1280,
      height: await heightOf(page),
    });
  }
  const file = fileOf(name);
  await page.screenshot({ path: file });
  await page.context().close();
  process.stdout.write(`${path.relative(repositoryRoot, file)}\n`);
}

/** The page scrolls inside of the window. */
async function heightOf(page: Page): Promise<number> {
  const inner = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('main, div')].map(
        element => element.scrollHeight,
      ),
    ),
  );
  return Math.min(inner + 200, 6_000);
}

const titles = (messages: readonly { title: string }[]) =>
  messages.map(({ title }) => title);

const shown = (page: NotificationsPage) => page.untilShown(...titles(PERSONAL));

const SMALL = { viewport: { width: 900, height: 760 } };

const beforeAnythingCame: Picture[] = [
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

function ofAnInbox(linked: string): Picture[] {
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

async function settingsShown({ page }: NotificationsPage): Promise<void> {
  await page.getByText('certificates', { exact: true }).first().waitFor();
  await page
    .getByRole('switch', { name: 'Portal: messages from platform' })
    .first()
    .press('Space');
  await page.getByRole('status').getByText('Saved').waitFor();
}

async function written({ page }: NotificationsPage): Promise<void> {
  await page.getByRole('combobox', { name: 'Recipients' }).fill('plat');
  await page.getByRole('option', { name: /Platform/ }).click();
  await page
    .getByRole('textbox', { name: /^Title/ })
    .fill('The build machines move on Friday');
  await page
    .getByRole('textbox', { name: 'Message', exact: true })
    .fill(
      'Builds wait **from 17:00 to 18:00**.\n\n- what runs is finished first\n- see [the plan](/catalog)',
    );
  await page.getByRole('textbox', { name: 'Origin' }).fill('platform');
  await page.getByRole('textbox', { name: 'Topic' }).fill('maintenance');
  await page.getByRole('button', { name: 'Add a link' }).click();
  await page.getByRole('textbox', { name: 'Text of link 1' }).fill('The plan');
  await page
    .getByRole('textbox', { name: 'Address of link 1' })
    .fill('/catalog');
}

const afterABurst: Picture[] = [
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

const ofAThousand: Picture[] = [
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

/** The pictures of one inbox, from empty to a thousand messages. */
async function takeInbox(browser: Browser): Promise<void> {
  // The guest may send and administer here, to show what those who may see.
  const portal = await Portal.start({
    APP_CONFIG_herald_policy_senders: JSON.stringify('group:default/docs'),
  });
  const takeAll = async (pictures: readonly Picture[]) => {
    for (const picture of pictures) {
      try {
        await pictured(browser, portal, picture);
      } catch (error) {
        // The others may be worth looking at.
        process.stderr.write(`${picture.name}: ${error}\n`);
        process.exitCode = 1;
      }
    }
  };
  try {
    await takeAll(beforeAnythingCame);
    const ids: string[] = [];
    for (const message of [...UPDATES, ...PERSONAL]) {
      ids.push(await send(portal, message));
    }
    await takeAll(ofAnInbox(ids[2]));
    for (const message of BURST) await send(portal, message);
    await takeAll(afterABurst);
    if (!isWanted('thousand')) {
      return;
    }
    for (let number = 1; number <= 1_000; number += 1) {
      await send(portal, {
        ...PERSONAL[number % PERSONAL.length],
        title: `Message ${number}`,
        topic: `topic ${number % 7}`,
      });
    }
    await takeAll(ofAThousand);
  } finally {
    await portal.stop();
  }
}

async function main(): Promise<void> {
  fs.mkdirSync(path.dirname(readmePicture), { recursive: true });
  fs.mkdirSync(variants, { recursive: true });
  const browser = await openBrowser();
  try {
    if (isWanted('live')) {
      await takeRecording(browser, path.join(images, 'live'));
    }
    if (isWanted('manuals')) {
      await takeManuals(browser, {
        forDocs: path.join(images, 'manual-publish'),
        others: variants,
      });
    }
    const alone = ['live', 'manuals'];
    if (wanted.some(name => !alone.includes(name)) || wanted.length === 0) {
      await takeInbox(browser);
    }
  } finally {
    await browser.close();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
