import fs from 'node:fs';
import path from 'node:path';
import { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, signIn } from './browser';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { buildDirectory, repositoryRoot } from './repository';
import { OutgoingMessage, send } from './send';

// `yarn screenshots`: the README's picture, and variants of it for a person to look at.

const readmePicture = path.join(
  repositoryRoot,
  'docs/images/notifications.png',
);
const variants = path.join(buildDirectory, 'screenshots');

/** High enough for every message of the example. */
const DESKTOP = { viewport: { width: 1280, height: 960 } };

const GUEST = { targetUsers: ['default/guest'] };

/** Newest last, as they are sent. */
const MESSAGES: OutgoingMessage[] = [
  {
    ...GUEST,
    title: 'Your access to the handbook was granted',
    message: 'Chloé Martin approved your request.',
    origin: 'access-requests',
    topic: 'access',
  },
  {
    targetGroups: ['default/engineering'],
    title: 'Postgres 17 is the default for new services',
    message:
      'Existing services move in the first quarter; nothing to do today.',
    origin: 'platform',
    topic: 'databases',
    actions: [{ title: 'Read the decision', url: '/catalog' }],
  },
  {
    ...GUEST,
    title: 'Публикация руководства завершена',
    message: 'Переведено 48 страниц из 48.',
    origin: 'manual-publish',
    topic: 'handbook',
    actions: [{ title: 'Open the site', url: 'https://docs.example.com' }],
  },
  {
    targetGroups: ['default/docs'],
    title: 'Two broken links in the handbook',
    message:
      'On the pages “Onboarding” and “Travel”. They were fine last week.',
    origin: 'link-checker',
    topic: 'handbook',
    actions: [
      { title: 'See the report', url: 'https://links.example.com/report' },
      { title: 'Open the handbook', url: '/catalog' },
    ],
  },
  {
    ...GUEST,
    title: 'Deployment of portal 0.1.0 succeeded',
    message: 'Rolled out to both replicas in 41 seconds.',
    origin: 'deployments',
    topic: 'portal',
    actions: [
      { title: 'See the rollout', url: 'https://deploy.example.com/41' },
    ],
  },
];
const UPDATES: OutgoingMessage[] = [
  {
    title: 'The portal rests on Sunday from 6 to 7',
    message: 'The database is being moved.',
    origin: 'operations',
    topic: 'maintenance',
  },
];

async function pictured(
  browser: Browser,
  portal: Portal,
  file: string,
  options: BrowserContextOptions,
  ready: (page: Page) => Promise<void>,
): Promise<void> {
  const page = await signIn(browser, `${portal.url}/notifications`, options);
  await ready(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: file });
  await page.context().close();
  process.stdout.write(`${path.relative(repositoryRoot, file)}\n`);
}

async function main(): Promise<void> {
  fs.mkdirSync(path.dirname(readmePicture), { recursive: true });
  fs.mkdirSync(variants, { recursive: true });
  const variant = (name: string) =>
    path.join(variants, `notifications-${name}.png`);
  const portal = await Portal.start();
  const browser = await openBrowser();
  try {
    await pictured(browser, portal, variant('empty'), DESKTOP, page =>
      page.getByText(/no notifications|nothing here/i).waitFor(),
    );

    for (const message of [...UPDATES, ...MESSAGES]) {
      await send(portal, message);
    }
    const shown = async (page: Page) => {
      const notifications = new NotificationsPage(page);
      await notifications.untilShown(...MESSAGES.map(({ title }) => title));
    };
    await pictured(browser, portal, variant('unread'), DESKTOP, async page => {
      await shown(page);
      const notifications = new NotificationsPage(page);
      for (const { title } of MESSAGES.slice(0, 2)) {
        await notifications.markRead(title).click();
        await notifications.markUnread(title).waitFor();
      }
    });
    await pictured(browser, portal, readmePicture, DESKTOP, shown);
    await pictured(
      browser,
      portal,
      variant('dark'),
      { ...DESKTOP, colorScheme: 'dark' },
      shown,
    );
    await pictured(
      browser,
      portal,
      variant('narrow'),
      { viewport: { width: 320, height: 800 } },
      shown,
    );
    await pictured(browser, portal, variant('updates'), DESKTOP, async page => {
      const notifications = new NotificationsPage(page);
      await notifications.tab('Updates').click();
      await notifications.untilShown(...UPDATES.map(({ title }) => title));
    });
  } finally {
    await browser.close();
    await portal.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
