// What the plugins do in a portal that was built without them: a message comes live, a manual is published, and both pages look as
// they do where they are built in.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../toolchain.mjs';
import { must } from './must.mjs';
import { call, enter, send } from './person.mjs';

/** Far below what a poll takes. */
const AT_ONCE_MS = 3_000;
const PUBLISHED_WITHIN_MS = 120_000;
const pictures = path.join(root, '.build', 'screenshots');

const NARROW = { viewport: { width: 360, height: 800 } };

const message = (page, title) =>
  page.getByRole('listitem').filter({ hasText: title });

async function provesLive(browser, portal) {
  const page = await enter(browser, `${portal.url}/notifications`);
  const stream = page.waitForResponse(/\/notifications\/stream/);
  await page.getByRole('tab', { name: /^Personal/ }).waitFor();
  await stream;
  await page.evaluate(() => {
    window.wasNotReloaded = true;
  });
  await send(portal, 'Build 7 is green', {
    message: 'All **412** tests passed.',
    actions: [{ title: 'See the build', url: 'https://ci.example.com/7' }],
  });
  await message(page, 'Build 7 is green').waitFor({ timeout: AT_ONCE_MS });
  await page
    .getByRole('link', { name: /^Notifications/ })
    .filter({ hasText: '1' })
    .waitFor({ timeout: AT_ONCE_MS });
  must(
    'a message that curl sends is on the page at once, without a reload',
    await page.evaluate(() => window.wasNotReloaded === true),
  );
  const looks = await page.evaluate(() => {
    const style = selector =>
      getComputedStyle(document.querySelector(selector));
    return {
      space: style('html').getPropertyValue('--bui-space'),
      font: style('input').fontFamily,
      main: style('[role="main"]').paddingInlineStart,
    };
  });
  must(
    'the page has the stylesheet of @backstage/ui, which the portal has not',
    looks.space !== '' && looks.font === 'system-ui' && looks.main !== '0px',
    JSON.stringify(looks),
  );
  await page.context().close();
}

async function provesPublishing(browser, portal) {
  const page = await enter(browser, `${portal.url}/manual-publish`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Publish ZCP', exact: true }).click();
  await dialog.getByRole('button', { name: 'See what would change' }).click();
  await dialog
    .getByRole('button', { name: 'Publish', exact: true })
    .click({ timeout: PUBLISHED_WITHIN_MS }); // once it has been seen
  await page
    .getByRole('status')
    .filter({ hasText: 'Published' })
    .first()
    .waitFor({ timeout: PUBLISHED_WITHIN_MS });
  const [, id] = /\/jobs\/([0-9a-f-]+)/.exec(page.url()) ?? [];
  const { body: job } = await call(portal, 'GET', `manual-publish/jobs/${id}`);
  must(
    'a job that is started on the page is completed',
    job.status === 'COMPLETED' && job.commits.length === 2,
    JSON.stringify(job),
  );
  await page.context().close();
  return id;
}

/** What the configuration keeps from browsers, and what plugins may not put into the log. */
async function provesDiscretion(portal) {
  const page = await (await fetch(portal.url)).text();
  const log = portal.log();
  must(
    'neither the page nor the log names a secret, or a key that is the backend’s alone',
    ['herald-dev-secret', 'ntn_sandbox', 'git_sandbox', 'sk-sandbox'].every(
      secret => !page.includes(secret) && !log.includes(secret),
    ) &&
      page.includes('dynamicPlugins') &&
      !page.includes('rootDirectory'),
    page.slice(0, 3_000),
  );
}

const PICTURES = [
  ['showcase-notifications', '/notifications', {}],
  ['showcase-notifications-dark', '/notifications', { colorScheme: 'dark' }],
  ['showcase-notifications-narrow', '/notifications', NARROW],
  ['showcase-manuals', '/manual-publish', {}],
  ['showcase-manuals-dark', '/manual-publish', { colorScheme: 'dark' }],
  ['showcase-manuals-narrow', '/manual-publish', NARROW],
];

/** For a person to look at. */
async function takePictures(browser, portal) {
  mkdirSync(pictures, { recursive: true });
  for (const [name, place, options] of PICTURES) {
    const page = await enter(browser, `${portal.url}${place}`, options);
    const shown = place.startsWith('/notifications')
      ? message(page, 'Build 7 is green')
      : page.getByRole('treegrid', { name: 'Pages of ZCP' });
    await shown.waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    await page.context().close();
  }
}

export async function provePages(browser, portal) {
  await provesLive(browser, portal);
  await provesPublishing(browser, portal);
  await provesDiscretion(portal);
  await takePictures(browser, portal);
}
