// Whether an archive is as the loaders read it: Backstage's dynamic feature service, and RHDH's installer and backend.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { list } from 'tar';
import { root } from '../../toolchain.mjs';
import { isFrontend } from '../plugins.mjs';
import { RHDH_HOST_PROVIDES } from '../rhdhHost.mjs';
import { PORTAL_CONFIG } from '../sampleYaml.mjs';

/** RHDH's installer takes larger ones for a bomb. */
const LARGEST_ENTRY_BYTES = 20_000_000;

const PLAIN_RANGE = /^[\^~<>=\d.\s|*x-]+$/;

export const readJson = file => JSON.parse(readFileSync(file, 'utf8'));

/** What the installer would refuse, entry by entry. */
export async function faultsOfEntries(archive) {
  const faults = [];
  await list({
    file: archive,
    strict: true,
    onReadEntry: ({ path: file, type, size }) => {
      if (!file.startsWith('package/'))
        faults.push(`${file} is not below package/`);
      if (type !== 'File') faults.push(`${file} is a ${type}`);
      if (size > LARGEST_ENTRY_BYTES) faults.push(`${file} has ${size} bytes`);
      if (/\.node$|(^|\/)binding\.gyp$/.test(file)) {
        faults.push(`${file} belongs to a native module`);
      }
    },
  });
  return faults;
}

function faultsOfManifest(manifest, { name, plugin, kind }) {
  const faults = [];
  const must = (holds, fault) => holds || faults.push(fault);
  must(manifest.name === name, `its name is ${manifest.name}, not ${name}`);
  must(
    manifest.version === plugin.version,
    `its version is ${manifest.version}`,
  );
  must(manifest.backstage?.role === plugin.role, 'its role is another');
  must(manifest.backstage?.pluginId === plugin.pluginId, 'its id is another');
  must(
    Object.keys(manifest.scripts ?? {}).length === 0,
    'it has scripts, which an installer might run',
  );
  const peers = Object.entries(manifest.peerDependencies ?? {});
  for (const [dependency, range] of [
    ...peers,
    ...Object.entries(manifest.dependencies ?? {}),
  ]) {
    must(PLAIN_RANGE.test(range), `${dependency} has the range ${range}`);
  }
  if (isFrontend(plugin)) {
    for (const shared of ['react', 'react-dom', 'react-router-dom']) {
      must(
        peers.some(([peer]) => peer === shared),
        `${shared} is no peer dependency`,
      );
    }
  } else {
    for (const [peer] of peers) {
      must(
        kind === 'rhdh' && RHDH_HOST_PROVIDES.has(peer),
        `${peer} is a peer dependency that no host promises`,
      );
    }
  }
  return faults;
}

const migrationsOf = folder =>
  existsSync(path.join(folder, 'migrations'))
    ? readdirSync(path.join(folder, 'migrations')).sort().join()
    : '';

/** @param folder - what the archive holds below `package/` */
export function faultsOfContent(folder, { name, plugin, kind }) {
  const has = file => existsSync(path.join(folder, file));
  const faults = faultsOfManifest(readJson(path.join(folder, 'package.json')), {
    name,
    plugin,
    kind,
  });
  const expected = ['README.md', PORTAL_CONFIG];
  if (kind === 'rhdh') {
    expected.push(
      isFrontend(plugin)
        ? 'dist-scalprum/configSchema.json'
        : 'dist/configSchema.json',
    );
  }
  if (isFrontend(plugin)) {
    expected.push('dist/mf-manifest.json', 'dist/remoteEntry.js');
  } else {
    expected.push('dist/index.cjs.js', 'dist/.config-schema.json');
  }
  for (const file of expected)
    if (!has(file)) faults.push(`${file} is missing`);
  const source = path.join(root, plugin.folder);
  if (migrationsOf(folder) !== migrationsOf(source)) {
    faults.push('its migrations are not those of the plugin');
  }
  return faults;
}
