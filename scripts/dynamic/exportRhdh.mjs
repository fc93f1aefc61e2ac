// Archives for Red Hat Developer Hub: what `rhdh-cli plugin export` makes of each plugin, packed by npm as its installer expects.
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { archiveName } from './archive.mjs';
import { closureOf, isFrontend } from './plugins.mjs';
import { RHDH_HOST_PROVIDES } from './rhdhHost.mjs';
import { runQuietly, workDir } from './stage.mjs';

/** As the exporter renames packages: an archive is no package for a registry. */
export const rhdhName = name => `${name}-dynamic`;

/** The name of a plugin's archive, as npm gives it. */
export const rhdhArchive = ({ name, version }) =>
  archiveName(rhdhName(name), version);

/** The packages that have to be inside: those of this repository, and those of Backstage that the host does not have. */
export function embeddedPackages(plugin) {
  const closure = closureOf(plugin.name);
  const ofBackstage = closure
    .flatMap(({ manifest }) => Object.keys(manifest.dependencies ?? {}))
    .filter(name => name.startsWith('@backstage/'));
  return [
    ...closure.map(({ manifest }) => manifest.name),
    ...new Set(ofBackstage.filter(name => !RHDH_HOST_PROVIDES.has(name))),
  ].filter(name => name !== plugin.name);
}

/** Everything is built already: the bundle for standard Backstage comes first, in the same copy of the workspace. */
function exportArguments(plugin) {
  return isFrontend(plugin)
    ? ['--no-generate-module-federation-assets']
    : [
        '--no-build',
        ...embeddedPackages(plugin).flatMap(name => ['--embed-package', name]),
        // Whatever an embedded package of Backstage asks for, the host has the version that it has.
        ...[...RHDH_HOST_PROVIDES].flatMap(name => [
          '--ignore-version-check',
          name,
        ]),
      ];
}

/** Exports a plugin that was bundled in this copy of the workspace and packs it into `file`. */
export async function exportInStage(stage, plugin, { rhdhCli, file, env }) {
  const cwd = path.join(stage, plugin.folder);
  const logOf = what =>
    path.join(workDir, 'logs', `${path.basename(plugin.folder)}-${what}.log`);
  // The exporter would take the config schemas of what only tests need for the plugin's own.
  await runQuietly(
    `the manifest of ${plugin.name}`,
    'node',
    [path.join(stage, 'scripts', 'packages', 'publishedManifest.mjs')],
    { cwd, env, log: logOf('manifest') },
  );
  await runQuietly(
    `exporting ${plugin.name}`,
    rhdhCli,
    ['plugin', 'export', '--clean', ...exportArguments(plugin)],
    { cwd, env, log: logOf('rhdh') },
  );
  const packed = path.join(stage, 'packed');
  mkdirSync(packed, { recursive: true });
  await runQuietly(
    `packing ${rhdhName(plugin.name)}`,
    'npm',
    ['pack', '--ignore-scripts', '--pack-destination', packed],
    { cwd: path.join(cwd, 'dist-dynamic'), env, log: logOf('pack') },
  );
  mkdirSync(path.dirname(file), { recursive: true });
  renameSync(path.join(packed, rhdhArchive(plugin)), file);
}
