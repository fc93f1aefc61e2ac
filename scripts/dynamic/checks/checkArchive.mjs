// All that can be seen of one archive.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isFrontend } from '../plugins.mjs';
import { faultsOfContent, faultsOfEntries } from './archiveLayout.mjs';
import { faultsOfModule } from './backendModule.mjs';
import { faultsOfBackendConfig, readFrontendConfig } from './portalConfig.mjs';
import { faultsOfModuleFederation, faultsOfScalprum } from './sharedReact.mjs';

/** As Backstage's bundler makes a name that JavaScript takes. */
const containerName = name =>
  name.replaceAll('@', '').replaceAll('/', '__').replaceAll('-', '_');

/** As RHDH's exporter does, where package.json has no `scalprum`. */
const scalprumName = name => name.replace('@', '').replace('/', '.');

function faultsOfFrontend({ kind, plugin, unpacked, config }) {
  const faults = faultsOfModuleFederation(unpacked, {
    name: containerName(plugin.name),
    exposed: ['.', './alpha'],
  });
  if (kind !== 'rhdh') return faults;
  const scope = scalprumName(plugin.name);
  faults.push(
    ...faultsOfScalprum(unpacked, { name: scope, version: plugin.version }),
  );
  const scopes = Object.keys(config.dynamicPlugins.frontend);
  if (scopes.join() !== scope) {
    faults.push(`its configuration is for ${scopes}, not for ${scope}`);
  } else {
    faults.push(
      ...readFrontendConfig(config.dynamicPlugins.frontend[scope]).faults,
    );
  }
  return faults;
}

async function faultsOfBackend({ kind, plugin, unpacked, config }, { env }) {
  const schemas = ['dist/.config-schema.json'];
  if (kind === 'rhdh') schemas.push('dist/configSchema.json');
  const faults = faultsOfModule(unpacked, { name: plugin.name, env });
  for (const schema of schemas.map(file => path.join(unpacked, file))) {
    if (!existsSync(schema)) continue; // said already
    faults.push(
      ...(await faultsOfBackendConfig(schema, {
        config,
        source: plugin.folder,
      })),
    );
  }
  return faults;
}

/**
 * @param archive - `kind`, `name`, `plugin`; `file`, and what it holds in the folder `unpacked`, outside of the repository; `config`, what
 *   a portal is told to write
 */
export async function faultsOfArchive(archive, { env }) {
  return [
    ...(await faultsOfEntries(archive.file)),
    ...faultsOfContent(archive.unpacked, archive),
    ...(isFrontend(archive.plugin)
      ? faultsOfFrontend(archive)
      : await faultsOfBackend(archive, { env })),
  ];
}

/** What a configuration names of the exports of a container is there, and is what it is taken for. */
export function faultsOfNames(named, exported) {
  return named.flatMap(({ section, importName }) => {
    const kind = exported.get(importName);
    if (!kind) return [`${section}: ${importName} is not exported`];
    const expected =
      section === 'translationResources'
        ? ['@backstage/TranslationResource', '@backstage/TranslationRef']
        : ['function', 'object'];
    return expected.includes(kind)
      ? []
      : [`${section}: ${importName} is a ${kind}`];
  });
}
