import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Browser } from 'playwright-core';
import { openBrowser, signIn } from './browser';
import { NotificationsPage } from './notificationsPage';
import { Portal } from './portal';
import { tourCommands } from './tour';

jest.setTimeout(10 * 60_000);

const shell = promisify(execFile);

/** What starts the portal; here `Portal` does. */
const STARTS_THE_PORTAL = 'npm start';

describe('the tour in README.md', () => {
  let browser: Browser;
  let portal: Portal;

  beforeAll(async () => {
    browser = await openBrowser();
    portal = await Portal.start();
  });
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  it('runs, and ends with messages on the page', async () => {
    const [first, ...commands] = tourCommands();
    expect(first).toBe(STARTS_THE_PORTAL);
    expect(commands.length).toBeGreaterThan(0);

    for (const command of commands) {
      const { stdout } = await shell('bash', [
        '-euo',
        'pipefail',
        '-c',
        command.replaceAll('http://localhost:7007', portal.url),
      ]);
      const answer: unknown = JSON.parse(stdout);
      expect(answer).toEqual({
        messageId: expect.any(String),
        msgid: expect.any(String),
      });
    }

    const page = await signIn(browser, `${portal.url}/notifications`);
    const notifications = new NotificationsPage(page);
    await notifications.untilShown('My message title');
    await page.getByRole('link', { name: 'another action' }).waitFor();
  });
});
