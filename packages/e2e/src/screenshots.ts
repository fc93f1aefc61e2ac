import fs from 'node:fs';
import path from 'node:path';
import { openBrowser } from './browser';
import { takeManuals } from './manualsPictures';
import { takeRecording } from './recordingPictures';
import { buildDirectory, repositoryRoot } from './repository';
import { takeInbox } from './takeInbox';

// `yarn screenshots`: the README's picture, and variants of it for a person to look at, and the recording in docs/images/live. With
// names of variants, `live` or `manuals` (docs/images/manual-publish): those only.

const images = path.join(repositoryRoot, 'docs/images');
const readmePicture = path.join(images, 'notifications.png');
const variants = path.join(buildDirectory, 'screenshots');
const fileOf = (name: string) =>
  name === 'readme'
    ? readmePicture
    : path.join(variants, `notifications-${name}.png`);

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);

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
      await takeInbox(browser, name =>
        isWanted(name) ? fileOf(name) : undefined,
      );
    }
  } finally {
    await browser.close();
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
