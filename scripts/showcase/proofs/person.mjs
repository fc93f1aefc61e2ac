// The guest before a portal of the showcase: over HTTP, and in a real browser.
import { createRequire } from 'node:module';
import path from 'node:path';
import { INSTALL_CHROMIUM, findChromium } from '../../chromium.mjs';
import { signIn } from '../../publishing.mjs';
import { SetupError, root } from '../../toolchain.mjs';

const PATIENCE_MS = 60_000; // machines are busy
const SECRET = 'herald-dev-secret'; // the default of app-config.yaml
const playwrightOf = createRequire(
  path.join(root, 'packages', 'e2e', 'package.json'),
);

/** Keeps Chromium from calling home, and lets it run as root and without a graphics card. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
];

export async function openBrowser() {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new SetupError(`Chromium is needed: ${INSTALL_CHROMIUM}`);
  }
  return playwrightOf('playwright-core').chromium.launch({
    executablePath,
    args: FLAGS,
  });
}

/** Comes in with one click and stands before a page. */
export async function enter(browser, url, options = {}, hear = () => {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.on('console', hear);
  await page.goto(url);
  await page.getByRole('button', { name: /enter/i }).click();
  return page;
}

/** Calls a plugin as the guest. */
export async function call(portal, method, route, body) {
  const response = await fetch(`${portal.url}/api/${route}`, {
    method,
    headers: {
      ...(await signIn(portal.url)),
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: response.headers.get('content-type')?.includes('json')
      ? await response.json()
      : undefined,
  };
}

/** Sends as a program outside of the portal does. */
export async function send(portal, title, fields = {}) {
  const response = await fetch(
    `${portal.url}/api/notifications/notifications`,
    {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'notifications-secret': SECRET,
      },
      body: JSON.stringify({
        title,
        origin: 'ci',
        targetUsers: ['default/guest'],
        ...fields,
      }),
    },
  );
  if (!response.ok) {
    throw new SetupError(
      `sending: ${response.status} ${await response.text()}`,
    );
  }
  return (await response.json()).messageId;
}
