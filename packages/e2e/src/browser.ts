import fs from 'node:fs';
import path from 'node:path';
import {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  chromium,
  Page,
} from 'playwright-core';
import type { Session } from './portal';
import { buildDirectory } from './repository';

/** How long a page may take for what is waited for: the machine may be busy, and how fast it is is measured elsewhere. */
const PATIENCE_MS = 90_000;

const screenshotDirectory = path.join(buildDirectory, 'screenshots');

/** Keeps Chromium from calling home, and lets it run as root and without a graphics card. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The machine's own Chromium; `npm test` finds it and names it in HERALD_CHROMIUM. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.HERALD_CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
}

/** A person's browser, in which nothing is stored yet. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/**
 * A person in a browser of their own, who has signed in and stands before the given page.
 *
 * @param session - of somebody else than the guest
 */
export async function signIn(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  session?: Session,
): Promise<Page> {
  const context = await openContext(browser, options);
  if (session) {
    await context.route('**/api/auth/guest/refresh**', route =>
      route.fulfill({ json: session }),
    );
  }
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: /enter/i }).click();
  return page;
}

/** Kept as build output, for a person to look at. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  fs.mkdirSync(screenshotDirectory, { recursive: true });
  await page.screenshot({
    path: path.join(screenshotDirectory, `${name}.png`),
  });
}
