// Every archive, for standard Backstage and for Red Hat Developer Hub, `integrity.txt` and the sample `dynamic-plugins.yaml`.
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { forEachAtOnce } from '../atOnce.mjs';
import { SetupError, root, say } from '../toolchain.mjs';
import { archiveName, integrityOf } from './archive.mjs';
import {
  bundleInStage,
  cachedArchive,
  choosePlugins,
} from './bundlePlugins.mjs';
import { exportInStage, rhdhArchive, rhdhName } from './exportRhdh.mjs';
import { INTEGRITY_FILE, integrityText } from './integrityFile.mjs';
import { ensureRhdhCli } from './rhdhCli.mjs';
import { sampleYaml } from './sampleYaml.mjs';
import { withStage } from './stage.mjs';

export const SAMPLE = 'dynamic-plugins.yaml';
const AT_ONCE = 2;

const seconds = since => (Date.now() - since) / 1000;

/** Where the archives of a plugin are kept. Asked once: sources may be edited while they are made. */
function cachedArchivesOf(plugin) {
  const kinds = [
    {
      kind: 'standard',
      name: plugin.name,
      archive: archiveName(plugin.name, plugin.version),
    },
    {
      kind: 'rhdh',
      name: rhdhName(plugin.name),
      archive: rhdhArchive(plugin),
    },
  ];
  return kinds.map(one => ({
    ...one,
    cached: cachedArchive(one.kind, plugin, one.archive),
  }));
}

/** Both archives of a plugin, into the cache. Answers how long each took; nothing where they were there already. */
async function makeArchives(plugin, cached, { env, rhdhCli, progress }) {
  const [standard, rhdh] = cached.map(one => one.cached);
  if (existsSync(standard) && existsSync(rhdh)) {
    progress(`${plugin.name}: nothing has changed since the last time`);
    return {};
  }
  return withStage(async stage => {
    let started = Date.now();
    await bundleInStage(stage, plugin, { file: standard, env });
    const times = { standard: seconds(started) };
    progress(`${plugin.name}: bundled in ${times.standard.toFixed(1)} s`);
    started = Date.now();
    await exportInStage(stage, plugin, {
      rhdhCli: await rhdhCli,
      file: rhdh,
      env,
    });
    times.rhdh = seconds(started);
    progress(
      `${rhdhName(plugin.name)}: exported in ${times.rhdh.toFixed(1)} s`,
    );
    return times;
  });
}

function ensureWritable(out) {
  try {
    for (const folder of ['standard', 'rhdh']) {
      mkdirSync(path.join(out, folder), { recursive: true });
      accessSync(path.join(out, folder), constants.W_OK);
    }
  } catch (error) {
    throw new SetupError(
      `the archives cannot be written to ${out} (${error.code}). Name another folder with --out.`,
    );
  }
}

/**
 * @param out - the folder for all of it
 * @param only - names, folders or ids of plugins; all unless told
 * @param url - where the archives for Red Hat Developer Hub will be served
 * @returns `{ kind, name, version, folder, path, integrity, bytes, seconds }` of each archive; no `seconds` where it was made before
 */
export async function exportArchives({ out, only, url, env, progress = say }) {
  const plugins = choosePlugins(only);
  ensureWritable(out);
  const rhdhCli = ensureRhdhCli(env);
  rhdhCli.catch(() => {}); // said by whoever needs it first
  const made = new Map();
  await forEachAtOnce(plugins, AT_ONCE, async plugin => {
    const cached = cachedArchivesOf(plugin);
    const options = { env, rhdhCli, progress };
    const times = await makeArchives(plugin, cached, options);
    made.set(plugin, { cached, times });
  });
  const archives = [];
  for (const plugin of plugins) {
    const { cached, times } = made.get(plugin);
    for (const { kind, name, archive, cached: kept } of cached) {
      const file = path.join(out, kind, archive);
      copyFileSync(kept, file);
      archives.push({
        kind,
        name,
        version: plugin.version,
        folder: plugin.folder,
        path: path.posix.join(kind, archive),
        integrity: await integrityOf(file),
        bytes: statSync(file).size,
        seconds: times[kind],
      });
    }
  }
  archives.sort((one, other) => (one.path < other.path ? -1 : 1));
  writeFileSync(path.join(out, INTEGRITY_FILE), integrityText(archives));
  const forRhdh = archives.filter(({ kind }) => kind === 'rhdh');
  writeFileSync(
    path.join(out, SAMPLE),
    sampleYaml(forRhdh.map(withDescription), url),
  );
  return archives;
}

function withDescription(archive) {
  const manifest = path.join(root, archive.folder, 'package.json');
  const { description } = JSON.parse(readFileSync(manifest, 'utf8'));
  return { ...archive, description };
}
