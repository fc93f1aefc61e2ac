// What a built container exports: it is loaded in a browser as Scalprum's loader does it, by its callback, and asked for a module.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { INSTALL_CHROMIUM, findChromium } from '../../chromium.mjs';
import { SetupError, root } from '../../toolchain.mjs';

const require = createRequire(
  path.join(root, 'packages', 'e2e', 'package.json'),
);

const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
/** Keeps Chromium from calling home, and lets it run as root. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PAGE = '<!doctype html><title>container</title><div id="root"></div>';

function serve(folder) {
  const server = createServer(({ url }, response) => {
    const file = path.join(
      folder,
      path.normalize(new URL(url, 'http://x').pathname),
    );
    if (url === '/') {
      response.setHeader('Content-Type', 'text/html');
      response.end(PAGE);
    } else if (file.startsWith(folder) && existsSync(file)) {
      response.setHeader(
        'Content-Type',
        TYPES[path.extname(file)] ?? 'text/plain',
      );
      response.end(readFileSync(file));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}/`,
        stop: () => new Promise(done => server.close(done)),
      }),
    );
  });
}

/** Runs in the page. A host that shares nothing: the container falls back on its own copies. */
async function exportsInPage({ script, module }) {
  const container = await new Promise((resolve, reject) => {
    globalThis.__load_plugin_entry__ = (_name, entry) => resolve(entry);
    const element = document.createElement('script');
    element.src = script;
    element.onerror = () => reject(new Error(`${script} does not load`));
    document.head.append(element);
  });
  await container.init({});
  const loaded = (await container.get(module))();
  const kindOf = value => {
    if (value?.$$type) return value.$$type;
    if (typeof value?.getId === 'function') return 'plugin';
    return typeof value;
  };
  return Object.entries(loaded).map(([name, value]) => [name, kindOf(value)]);
}

/** @returns for each container its exports, by name, with what they are */
export async function exportsOf(containers) {
  const executablePath = findChromium();
  if (!executablePath)
    throw new SetupError(`Chromium is needed: ${INSTALL_CHROMIUM}`);
  const { chromium } = require('playwright-core');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const found = [];
    for (const { folder, script, module } of containers) {
      const site = await serve(folder);
      try {
        const page = await browser.newPage();
        await page.goto(site.url);
        const exported = await page.evaluate(exportsInPage, {
          script: `/${script}`,
          module,
        });
        found.push(new Map(exported));
        await page.close();
      } finally {
        await site.stop();
      }
    }
    return found;
  } finally {
    await browser.close();
  }
}
