// Exports every archive and looks at each as those who load it do: entries, manifests, config schema, shared modules, exports. Then
// spoils some, which has to be found, and does what docs/dynamic-plugins.md says. `node scripts/herald.mjs prove-dynamic`.
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extract } from 'tar';
import { readJson } from './dynamic/checks/archiveLayout.mjs';
import { provideHost } from './dynamic/checks/backendModule.mjs';
import {
  faultsOfArchive,
  faultsOfNames,
} from './dynamic/checks/checkArchive.mjs';
import { exportsOf } from './dynamic/checks/containers.mjs';
import { readFrontendConfig } from './dynamic/checks/portalConfig.mjs';
import { readSample } from './dynamic/checks/sample.mjs';
import { proveFaultsAreFound } from './dynamic/checks/spoiled.mjs';
import { tableOf } from './dynamic/command.mjs';
import { proveDocumented } from './dynamic/documented.mjs';
import { SAMPLE, exportArchives } from './dynamic/exportArchives.mjs';
import { INTEGRITY_FILE, faultsOfIntegrity } from './dynamic/integrityFile.mjs';
import { dynamicPlugins, isFrontend } from './dynamic/plugins.mjs';
import { stopOnSignals } from './processes.mjs';
import { SetupError, root, say } from './toolchain.mjs';

/** What was exported last stays, for whoever comes after in the same run, and to be looked into. */
const out = path.join(root, '.build', 'dynamic', 'exported');
const URL_OF_ARCHIVES = 'https://plugins.example.com/herald/';

function none(what, faults) {
  if (faults.length === 0) return;
  throw new SetupError(`${what}:\n${faults.map(one => `- ${one}`).join('\n')}`);
}

async function unpack(archive, host) {
  const unpacked = path.join(host, archive.kind, path.basename(archive.folder));
  const file = path.join(out, archive.path);
  mkdirSync(unpacked, { recursive: true });
  await extract({ file, cwd: unpacked, strip: 1 });
  const plugin = dynamicPlugins().find(one => one.folder === archive.folder);
  return { ...archive, plugin, file, unpacked };
}

/** The modules that the sample names exports of, each loaded once. */
async function proveNames(archives) {
  const wanted = archives.flatMap(({ path: archive, unpacked, config }) =>
    Object.values(config.dynamicPlugins.frontend).flatMap(frontend => {
      const { named } = readFrontendConfig(frontend);
      const folder = path.join(unpacked, 'dist-scalprum');
      const [script] = readJson(
        path.join(folder, 'plugin-manifest.json'),
      ).loadScripts;
      return [...new Set(named.map(({ module }) => module))].map(module => ({
        archive,
        folder,
        script,
        module,
        named: named.filter(one => one.module === module),
      }));
    }),
  );
  const exported = await exportsOf(wanted);
  wanted.forEach(({ archive, named }, index) => {
    none(
      `${SAMPLE} does not fit ${archive}`,
      faultsOfNames(named, exported[index]),
    );
    say(`${archive}: ${named.length} names are exports of its container`);
  });
}

async function proveArchives(archives, { env }) {
  const { configs, faults } = readSample(
    path.join(out, SAMPLE),
    archives.filter(({ kind }) => kind === 'rhdh'),
    URL_OF_ARCHIVES,
  );
  none(`${SAMPLE} does not fit the archives`, faults);
  const host = mkdtempSync(path.join(tmpdir(), 'herald-dynamic-'));
  try {
    provideHost(path.join(host, 'rhdh'));
    const unpacked = [];
    for (const archive of archives) {
      const one = {
        ...(await unpack(archive, host)),
        config: configs.get(archive.folder),
      };
      none(
        `${archive.path} is not as it should be`,
        await faultsOfArchive(one, { env }),
      );
      say(`${archive.path} is as it should be`);
      unpacked.push(one);
    }
    await proveFaultsAreFound(unpacked, { env });
    await proveNames(
      unpacked.filter(
        ({ kind, plugin }) => kind === 'rhdh' && isFrontend(plugin),
      ),
    );
  } finally {
    rmSync(host, { recursive: true, force: true });
  }
}

/** What the check must say of folders that somebody has spoiled. */
const SPOILED = [
  {
    what: 'an archive that was changed',
    spoil: file => appendFileSync(file, 'x'),
    said: /is not the archive that integrity\.txt names/,
  },
  {
    what: 'an archive of another version in its place',
    spoil: file => renameSync(file, file.replace(/-\d+\.\d+\.\d+/, '-99.0.0')),
    said: /is missing, and .*-99\.0\.0\.tgz is another version of it/,
  },
  {
    what: 'an archive of another version beside it',
    spoil: file =>
      copyFileSync(file, file.replace(/-\d+\.\d+\.\d+/, '-99.0.0')),
    said: /-99\.0\.0\.tgz is another version than the one of this export/,
  },
  {
    what: 'an archive that is gone',
    spoil: file => rmSync(file),
    said: /is missing\. Export again/,
  },
];

async function proveThatFaultsAreFound([{ path: archive }]) {
  none(`${INTEGRITY_FILE} does not fit`, await faultsOfIntegrity(out));
  for (const { what, spoil, said } of SPOILED) {
    const spoiled = mkdtempSync(path.join(tmpdir(), 'herald-spoiled-'));
    try {
      cpSync(out, spoiled, { recursive: true });
      spoil(path.join(spoiled, archive));
      const faults = await faultsOfIntegrity(spoiled);
      if (!faults.some(fault => said.test(fault))) {
        throw new SetupError(`${what} is not found: ${JSON.stringify(faults)}`);
      }
      say(`${what} is found`);
    } finally {
      rmSync(spoiled, { recursive: true, force: true });
    }
  }
}

export async function proveDynamic(env) {
  stopOnSignals();
  rmSync(out, { recursive: true, force: true });
  const archives = await exportArchives({ out, url: URL_OF_ARCHIVES, env });
  process.stdout.write(`${tableOf(archives)}\n`);
  await proveArchives(archives, { env });
  await proveThatFaultsAreFound(archives);
  const folder = mkdtempSync(path.join(tmpdir(), 'herald-documented-'));
  try {
    await proveDocumented({
      env,
      folder,
      paths: archives.map(({ path: archive }) => archive).sort(),
      url: URL_OF_ARCHIVES,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
