import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const INSTALL_CHROMIUM =
  'install it with `apt-get install chromium` (Debian), `dnf install chromium` (Fedora) or `brew install chromium` (macOS), ' +
  'or name another browser of its family in HERALD_CHROMIUM';

/** The browser on this machine, if there is one. */
export function findChromium() {
  if (process.env.HERALD_CHROMIUM) return process.env.HERALD_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const candidates = [
    ...NAMES.flatMap(name => folders.map(folder => path.join(folder, name))),
    ...APPLICATIONS,
  ];
  return candidates.find(file => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
