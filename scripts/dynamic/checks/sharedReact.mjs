// Two Reacts in one page break hooks and contexts, so what the host shares must not be in the chunks of a plugin.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readJson } from './archiveLayout.mjs';

const SHARED = ['react', 'react-dom', 'react-router-dom'];
// Not the JSX runtime: it holds no state and asks the shared React for all that counts.
const OF_THE_HOST =
  /node_modules\/(react\/(index|cjs\/react\.)|react-dom\/|react-router(-dom)?\/|scheduler\/|@remix-run\/router\/)/;

/** The modules that a chunk is made of, as its source map tells. */
function modulesByChunk(folder) {
  return readdirSync(folder, { recursive: true })
    .filter(file => file.endsWith('.js.map'))
    .map(file => [
      file.replace(/\.map$/, ''),
      readJson(path.join(folder, file)).sources.filter(
        source => source.includes('node_modules/') || source.includes('/src/'),
      ),
    ]);
}

/** Standard Module Federation: the host has to bring them, there is no copy to fall back to. */
export function faultsOfModuleFederation(folder, { exposed, name }) {
  const dist = path.join(folder, 'dist');
  const manifest = readJson(path.join(dist, 'mf-manifest.json'));
  const faults = [];
  if (manifest.name !== name) faults.push(`its container is ${manifest.name}`);
  const paths = manifest.exposes.map(({ path: entry }) => entry);
  for (const entry of exposed.filter(wanted => !paths.includes(wanted))) {
    faults.push(`${entry} is not exposed`);
  }
  for (const shared of SHARED) {
    const found = manifest.shared.find(({ name: one }) => one === shared);
    if (!found?.singleton)
      faults.push(`${shared} is not shared as a singleton`);
    if (found?.assets.js.sync.length || found?.assets.js.async.length) {
      faults.push(`${shared} comes with a copy of its own`);
    }
  }
  const chunks = modulesByChunk(dist);
  if (chunks.length === 0) faults.push('dist has no source maps to look into');
  for (const [chunk, modules] of chunks) {
    const found = modules.find(module => OF_THE_HOST.test(module));
    if (found) faults.push(`dist/${chunk} holds ${found}`);
  }
  return faults;
}

/** Scalprum: a copy may be there for hosts that share none, in chunks of its own that nobody else is in. */
export function faultsOfScalprum(folder, { name, version }) {
  const dist = path.join(folder, 'dist-scalprum');
  const manifest = readJson(path.join(dist, 'plugin-manifest.json'));
  const faults = [];
  if (manifest.name !== name)
    faults.push(`its container is ${manifest.name}, not ${name}`);
  if (manifest.version !== version)
    faults.push(`its version is ${manifest.version}`);
  if (manifest.registrationMethod !== 'callback') {
    faults.push('it does not register by callback');
  }
  for (const script of manifest.loadScripts) {
    if (!existsSync(path.join(dist, script))) {
      faults.push(`${script} is missing`);
      continue;
    }
    const entry = readFileSync(path.join(dist, script), 'utf8');
    for (const shared of SHARED) {
      if (!entry.includes(`"${shared}"`)) {
        faults.push(`${script} does not share ${shared}`);
      }
    }
  }
  for (const [chunk, modules] of modulesByChunk(dist)) {
    const found = modules.find(module => OF_THE_HOST.test(module));
    const other = modules.find(module => !OF_THE_HOST.test(module));
    if (found && other) {
      faults.push(`dist-scalprum/${chunk} holds ${found} beside ${other}`);
    }
  }
  return faults;
}
