import path from 'node:path';
import { Browser, Page } from 'playwright-core';
import { signIn } from './browser';
import { BURST, PERSONAL, UPDATES } from './exampleMessages';
import {
  afterABurst,
  beforeAnythingCame,
  DESKTOP,
  ofAnInbox,
  ofAThousand,
  type Picture,
} from './inboxPictures';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { repositoryRoot } from './repository';
import { send } from './send';

/** Where each picture goes; none where it is not wanted. */
export type FileOf = (name: string) => string | undefined;

async function pictured(
  browser: Browser,
  portal: Portal,
  picture: Picture,
  fileOf: FileOf,
): Promise<void> {
  const { name, options = DESKTOP, search = '', isWhole, ready } = picture;
  const file = fileOf(name);
  if (!file) {
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
  await page.screenshot({ path: file, animations: 'disabled' });
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

/** The pictures of one inbox, from empty to a thousand messages. */
export async function takeInbox(
  browser: Browser,
  fileOf: FileOf,
): Promise<void> {
  // The guest may send and administer here, to show what those who may see.
  const portal = await Portal.start({
    APP_CONFIG_herald_policy_senders: JSON.stringify('group:default/docs'),
  });
  const takeAll = async (pictures: readonly Picture[]) => {
    for (const picture of pictures) {
      try {
        await pictured(browser, portal, picture, fileOf);
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
    if (!fileOf('thousand')) {
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
