// Everything that a folder of dynamic plugins should not hold, beside two good families: they run all the same, and the log says of
// each of the others what to do.
import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { SetupError } from '../../toolchain.mjs';
import { extractArchive, folderOf } from '../extractArchives.mjs';
import { pluginsOf } from '../home.mjs';
import { must } from './must.mjs';
import { enter, send } from './person.mjs';

/** A backend plugin of somebody else, without anything that it would need. */
function writePlugin(home, folder, { manifest = {}, pluginId, init, source }) {
  const to = path.join(pluginsOf(home), folder);
  mkdirSync(path.join(to, 'dist'), { recursive: true });
  writeFileSync(
    path.join(to, 'package.json'),
    JSON.stringify({
      name: `acme-${folder}`,
      version: '1.0.0',
      main: 'dist/index.cjs.js',
      backstage: { role: 'backend-plugin', pluginId },
      ...manifest,
    }),
  );
  writeFileSync(
    path.join(to, 'dist', 'index.cjs.js'),
    source ??
      `exports.default = {
        $$type: '@backstage/BackendFeature', version: 'v1', featureType: 'registrations',
        getRegistrations: () => [{
          type: 'plugin-v1.1', pluginId: '${pluginId}', extensionPoints: [],
          init: { deps: {}, func: async () => { ${init ?? ''} } },
        }],
      };`,
  );
  return to;
}

/** What is written into the folder, and what the log has to say of it. */
function badFolders(home) {
  const to = pluginsOf(home);
  return {
    'a folder without package.json': {
      make: () =>
        mkdirSync(path.join(to, 'corrupt', 'dist'), { recursive: true }),
      said: /corrupt is not loaded: it has no package\.json\. To load it: extract its archive again/,
    },
    'a missing peer': {
      make: () =>
        writePlugin(home, 'peerless', {
          pluginId: 'peerless',
          manifest: { peerDependencies: { 'no-such-package': '^2.0.0' } },
        }),
      said: /peerless is not loaded: .* needs no-such-package \^2\.0\.0 \(not here\)/,
    },
    'two plugins with one id': {
      make: () => {
        writePlugin(home, 'twin-a', { pluginId: 'twin' });
        writePlugin(home, 'twin-b', { pluginId: 'twin' });
      },
      said: /twin-a is not loaded: the backend-plugin of "twin" is in twin-b .*keep one of these folders/,
    },
    'a plugin with the id of one that the portal itself is made of': {
      make: () => writePlugin(home, 'usurper', { pluginId: 'catalog' }),
      said: /usurper is not loaded: the backend-plugin of "catalog" is built into this portal \(@backstage\/plugin-catalog-backend\).*remove this folder/,
    },
    'a plugin that cannot be loaded, as those for another Backstage': {
      make: () =>
        writePlugin(home, 'foreign', {
          pluginId: 'foreign',
          source: `require('@backstage/of-another-release');`,
        }),
      said: /an error occurred while loading dynamic backend plugin 'acme-foreign'/,
    },
    'a plugin that fails at the start': {
      make: () =>
        writePlugin(home, 'failing', {
          pluginId: 'failing',
          init: `throw new Error('acme cannot start');`,
        }),
      said: /Plugin 'failing' threw an error during startup, but boot failure is permitted/,
    },
    'a page whose files are missing': {
      make: () => {
        const page = path.join(
          to,
          folderOf('@herald/backstage-plugin-manual-publish'),
        );
        const half = path.join(to, 'half-a-page');
        cpSync(page, half, { recursive: true });
        const manifest = path.join(half, 'package.json');
        writeFileSync(
          manifest,
          JSON.stringify({
            ...JSON.parse(readFileSync(manifest, 'utf8')),
            name: 'acme-half-a-page',
            backstage: { role: 'frontend-plugin', pluginId: 'half' },
          }),
        );
        rmSync(path.join(half, 'dist', 'static'), { recursive: true });
        const federation = path.join(half, 'dist', 'mf-manifest.json');
        writeFileSync(
          federation,
          readFileSync(federation, 'utf8').replaceAll(
            'herald__backstage_plugin_manual_publish',
            'acme__half',
          ),
        );
        return half;
      },
      // Its backend cannot know; the page says so, see below.
      said: /Exposed dynamic frontend plugin 'acme-half-a-page'/,
    },
  };
}

export const NAMES_OF_BAD = [
  'corrupt',
  'peerless',
  'twin-a',
  'twin-b',
  'usurper',
  'foreign',
  'failing',
  'half-a-page',
];

/** @param startPortal - starts the portal, with variables beyond the usual ones */
export async function proveBadPlugins(browser, home, startPortal) {
  const bad = badFolders(home);
  for (const { make } of Object.values(bad)) make();
  const portal = await startPortal({
    // An array is what the plugin wants.
    APP_CONFIG_manualPublish_solutions: JSON.stringify('ZCP'),
  });
  try {
    const log = portal.log();
    for (const [what, { said }] of Object.entries(bad)) {
      must(`${what} is in the log`, said.test(log), log.slice(0, 8_000));
    }
    must(
      'a key of the wrong type is in the log, by its name',
      /manual-publish-backend is not loaded: .*must be array.* at \/manualPublish\/solutions.*correct that key/.test(
        log,
      ),
      log.slice(0, 8_000),
    );
    const complaints = [];
    const page = await enter(browser, portal.url, {}, line =>
      complaints.push(line.text()),
    );
    await page.getByRole('link', { name: /^Notifications/ }).click();
    await page.getByRole('tab', { name: /^Personal/ }).waitFor();
    await send(portal, 'Not disturbed');
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Not disturbed' })
      .waitFor();
    must(
      'beside all of them, notifications run as ever, and the page says which plugin it left out',
      complaints.some(line =>
        /dynamic plugin acme-half-a-page is left out/.test(line),
      ),
      complaints.join('\n'),
    );
    await page.context().close();
  } finally {
    await portal.stop();
    for (const name of NAMES_OF_BAD) {
      rmSync(path.join(pluginsOf(home), name), {
        recursive: true,
        force: true,
      });
    }
  }
}

/** A leftover beside the plugin that it was: neither runs, as nobody can tell which is meant; the other family does. */
export function makeLeftover(home, name) {
  const leftover = path.join(pluginsOf(home), 'leftover');
  symlinkSync(path.join(pluginsOf(home), folderOf(name)), leftover);
  return leftover;
}

async function refusalOf(archive, to) {
  try {
    await extractArchive(archive, to);
    return 'it was extracted';
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message;
  }
}

/** The extractor touches nothing before it knows what it has. */
export async function proveBadArchives(home, archive, folder) {
  const to = pluginsOf(home);
  const broken = path.join(folder, 'broken.tgz');
  cpSync(archive.file, broken);
  truncateSync(broken, 1_000);
  const { integrityOf } = await import('../../dynamic/archive.mjs');
  const refusals = [
    [
      'a wrong integrity',
      { ...archive, integrity: 'sha512-AAAA' },
      /is not the archive that was meant.*Fetch it again, or correct the integrity/,
    ],
    [
      'an archive of another version',
      { ...archive, version: '9.9.9' },
      /holds @herald\/\S+ \S+, and \S+ 9\.9\.9 was asked for\. Take the archive of that version/,
    ],
    [
      'a corrupt archive',
      { ...archive, file: broken, integrity: await integrityOf(broken) },
      /broken\.tgz (cannot be unpacked|holds no package).*Fetch or export it again/,
    ],
  ];
  const manifest = path.join(to, folderOf(archive.name), 'package.json');
  const before = readFileSync(manifest, 'utf8');
  for (const [what, wrong, words] of refusals) {
    const said = await refusalOf(wrong, to);
    must(
      `${what} is refused, by what it is and what to do`,
      words.test(said),
      said,
    );
  }
  must(
    'what was extracted before is there still',
    readFileSync(manifest, 'utf8') === before,
  );
}
