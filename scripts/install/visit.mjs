// A person in the portal, in a real browser.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { INSTALL_CHROMIUM, findChromium } from '../chromium.mjs';
import { SetupError, root } from '../toolchain.mjs';

const PATIENCE_MS = 120_000; // the page may be compiled only now
const pictures = path.join(root, '.build', 'screenshots');

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

export async function openBrowser() {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new SetupError(`Chromium is needed: ${INSTALL_CHROMIUM}`);
  }
  const require = createRequire(path.join(root, 'packages/e2e/package.json'));
  return require('playwright-core').chromium.launch({
    executablePath,
    args: FLAGS,
  });
}

/** Somebody at the sign-in page, who comes in as the guest and looks around; the picture of a failure is kept. */
export async function visit(browser, url, look) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', error => errors.push(String(error)));
  try {
    await page.goto(url);
    await page.getByRole('button', { name: /enter/i }).click();
    await page
      .getByRole('link', { name: /settings/i })
      .first()
      .waitFor();
    await look(page);
  } catch (error) {
    await keepPicture(page, 'install-failure');
    throw new Error(`${error.message}\n${errors.join('\n')}`, { cause: error });
  } finally {
    await context.close();
  }
  if (errors.length > 0) {
    throw new Error(`errors in the browser: ${errors.join('\n')}`);
  }
}

export const messageOn = (page, title) =>
  page.getByRole('listitem').filter({ hasText: title }).first();

/** Whether the stylesheet of Backstage's UI library is there; without it, pages work and look bare. */
export const isStyled = page =>
  page.evaluate(
    () =>
      getComputedStyle(document.body).getPropertyValue('--bui-space-4') !== '',
  );

export async function keepPicture(page, name) {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}
