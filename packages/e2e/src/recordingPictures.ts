import fs from 'node:fs';
import path from 'node:path';
import { Browser } from 'playwright-core';
import { Portal } from './portal';
import { CAPTIONS, openWatchers, record, Step, Watchers } from './recording';
import { repositoryRoot } from './repository';

const WHOSE = ['light', 'dark', 'colleague', 'outsider'] as const;

const TOLD: Record<Step['name'], (milliseconds: number) => string> = {
  waiting: () => 'Three people, four browsers, nothing sent yet',
  sent: time => `A message to engineering: in all three of it after ${time} ms`,
  read: time => `Read in the first browser, and in the second after ${time} ms`,
  'other-group': time =>
    `A message to retail: with Elena alone, after ${time} ms`,
};

/** Writes one picture for each step of the recording: the four browsers at that moment, side by side. */
export async function takeRecording(
  browser: Browser,
  directory: string,
): Promise<void> {
  fs.mkdirSync(directory, { recursive: true });
  const portal = await Portal.start();
  try {
    const watchers = await openWatchers(browser, portal);
    let number = 0;
    await record(portal, watchers, 1, async ({ name, milliseconds }) => {
      number += 1;
      const file = path.join(directory, `${number}-${name}.png`);
      fs.writeFileSync(
        file,
        await sideBySide(browser, watchers, TOLD[name](milliseconds)),
      );
      process.stdout.write(`${path.relative(repositoryRoot, file)}\n`);
    });
    for (const whose of WHOSE) await watchers[whose].page.context().close();
  } finally {
    await portal.stop();
  }
}

async function sideBySide(
  browser: Browser,
  watchers: Watchers,
  title: string,
): Promise<Buffer> {
  const panes: string[] = [];
  for (const whose of WHOSE) {
    const { page } = watchers[whose];
    await page.mouse.move(0, 0);
    const image = (await page.screenshot()).toString('base64');
    panes.push(
      `<figure><figcaption>${CAPTIONS[whose]}</figcaption><img src="data:image/png;base64,${image}"></figure>`,
    );
  }
  const sheet = await browser.newPage({
    viewport: { width: 1000, height: 600 },
  });
  await sheet.setContent(`
    <style>
      body { margin: 0; padding: 16px; width: 968px; font: 15px sans-serif; background: #eceff1; color: #222; }
      h1 { font-size: 18px; margin: 0 0 12px; }
      main { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
      figure { margin: 0; }
      figcaption { margin-bottom: 4px; }
      img { display: block; width: 100%; border: 1px solid #b0bec5; }
    </style>
    <h1>${title}</h1><main>${panes.join('')}</main>`);
  const picture = await sheet.screenshot({ fullPage: true });
  await sheet.close();
  return picture;
}
