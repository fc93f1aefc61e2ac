// Archives for standard Backstage: what `backstage-cli package bundle` makes of each plugin, packed.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { SetupError, root, say } from '../toolchain.mjs';
import { archiveName, integrityOf, pack } from './archive.mjs';
import { dynamicPlugins, fingerprintOf } from './plugins.mjs';
import { runQuietly, withStage, workDir } from './stage.mjs';

/** Of the bundler's own making, and of no use to a portal. */
const LEFT_OUT = new Set([
  '.gitignore',
  '.bundle-output',
  '.yarnrc.yml',
  'node_modules/.yarn-state.yml',
]);

/** Where the archive is kept for the next one who needs it, until something that it is made of changes. */
export function cachedArchive(kind, plugin, archive) {
  return path.join(workDir, 'cache', fingerprintOf(plugin), kind, archive);
}

/** Bundles a plugin in a copy of the workspace and packs it into `file`. */
export async function bundleInStage(stage, plugin, { file, env }) {
  const bundled = path.join(stage, 'bundled');
  await runQuietly(
    `bundling ${plugin.name}`,
    'backstage-cli',
    [
      'package',
      'bundle',
      '--output-destination',
      bundled,
      '--output-name',
      'bundle',
    ],
    {
      cwd: path.join(stage, plugin.folder),
      env,
      log: path.join(workDir, 'logs', `${path.basename(plugin.folder)}.log`),
    },
  );
  mkdirSync(path.dirname(file), { recursive: true });
  await pack(path.join(bundled, 'bundle'), `${file}.part`, below =>
    LEFT_OUT.has(below),
  );
  renameSync(`${file}.part`, file);
}

/** The plugins that are asked for, by name, folder or id; all of them where none is named. */
export function choosePlugins(only) {
  const plugins = dynamicPlugins();
  if (!only) return plugins;
  for (const wanted of only) {
    if (!plugins.some(plugin => answersTo(plugin, wanted))) {
      throw new SetupError(
        `there is no plugin ${wanted}; there are ${plugins
          .map(({ folder }) => path.basename(folder))
          .join(', ')}`,
      );
    }
  }
  return plugins.filter(plugin =>
    only.some(wanted => answersTo(plugin, wanted)),
  );
}

function answersTo(plugin, wanted) {
  return [plugin.name, plugin.pluginId, path.basename(plugin.folder)].includes(
    wanted,
  );
}

/**
 * Makes the archives of the plugins, each of which is enough by itself: dependencies, migrations and config schema are inside.
 *
 * @param out - the folder for the archives
 * @param only - names, folders or ids of plugins; all unless told
 * @returns `{ name, version, role, pluginId, file, integrity, bytes }` of each
 */
export async function bundlePlugins({ out, only, env = process.env }) {
  mkdirSync(out, { recursive: true });
  const bundled = [];
  for (const plugin of choosePlugins(only)) {
    const { name, version, role, pluginId } = plugin;
    const archive = archiveName(name, version);
    const cached = cachedArchive('standard', plugin, archive);
    if (!existsSync(cached)) {
      const started = Date.now();
      await withStage(stage =>
        bundleInStage(stage, plugin, { file: cached, env }),
      );
      say(`bundled ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
    const file = path.join(path.resolve(root, out), archive);
    copyFileSync(cached, file);
    bundled.push({
      name,
      version,
      role,
      pluginId,
      file,
      integrity: await integrityOf(file),
      bytes: statSync(file).size,
    });
  }
  return bundled;
}
