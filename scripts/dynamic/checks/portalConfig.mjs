// Whether what a portal is told to write fits: the backends' own schema, and what RHDH's frontend reads.
import { createRequire } from 'node:module';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { root } from '../../toolchain.mjs';

const require = createRequire(
  path.join(root, 'packages', 'backend', 'package.json'),
);

/** The keys that RHDH's frontend knows, and which of them name an export. */
const FRONTEND_KEYS = {
  appIcons: ['name', 'module', 'importName'],
  dynamicRoutes: ['path', 'module', 'importName', 'menuItem', 'config'],
  mountPoints: ['mountPoint', 'module', 'importName', 'config'],
  apiFactories: ['module', 'importName'],
  entityTabs: ['path', 'title', 'mountPoint', 'priority'],
  translationResources: ['module', 'importName', 'ref', 'jsonTranslations'],
};
const MENU_ITEM_KEYS = ['icon', 'title', 'priority', 'parent', 'enabled'];

const isObject = value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of a configuration that its schema does not know. JSON Schema lets them pass, and a portal would wait in vain. */
export function unknownKeys(config, schema, where = '') {
  if (Array.isArray(config)) {
    return config.flatMap((one, index) =>
      unknownKeys(one, schema?.items, `${where}[${index}]`),
    );
  }
  if (!isObject(config)) return [];
  return Object.entries(config).flatMap(([key, value]) => {
    const here = where ? `${where}.${key}` : key;
    const known = schema?.properties?.[key];
    return known ? unknownKeys(value, known, here) : [here];
  });
}

const DECLARED_SECRET = /@visibility secret\s*\*\/\s*(\w+)\??:/g;

/** The keys of a schema that have a visibility, wherever they are. */
function* keysSeenBy(visibility, schema) {
  for (const [key, value] of Object.entries(schema ?? {})) {
    if ([value?.visibility, value?.deepVisibility].includes(visibility)) {
      yield key;
    }
    if (typeof value === 'object') yield* keysSeenBy(visibility, value);
  }
}

/** @returns the faults of a backend's configuration, and of the schema itself */
export async function faultsOfBackendConfig(schemaFile, { config, source }) {
  const {
    loadConfigSchema,
    mergeConfigSchemas,
  } = require('@backstage/config-loader');
  const written = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const serialized = written.backstageConfigSchemaVersion
    ? written
    : {
        backstageConfigSchemaVersion: 1,
        schemas: [{ path: schemaFile, packageName: source, value: written }],
      };
  const schema = await loadConfigSchema({ serialized });
  const merged = mergeConfigSchemas(
    serialized.schemas.map(({ value }) => value),
  );
  const faults = unknownKeys(config, merged).map(
    key => `${key} is no key of its schema`,
  );
  try {
    const seen = schema.process([{ context: 'sample', data: config }], {
      visibility: ['frontend'],
    });
    if (seen.some(({ data }) => Object.keys(data).length > 0)) {
      faults.push('its configuration would be sent to browsers');
    }
  } catch (error) {
    faults.push(error.message);
  }
  // Also those that the sample does not have. What is outside of its own part, plugins of Backstage declare that are inside.
  for (const part of Object.keys(config)) {
    for (const key of keysSeenBy('frontend', merged.properties?.[part])) {
      faults.push(
        `${key} is for browsers, too, and a backend has none for them`,
      );
    }
  }
  const kept = new Set(keysSeenBy('secret', merged));
  const declared = readFileSync(path.join(root, source, 'config.d.ts'), 'utf8');
  for (const [, key] of declared.matchAll(DECLARED_SECRET)) {
    if (!kept.has(key)) faults.push(`${key} is no secret in its schema`);
  }
  return faults;
}

function* exportsNamed(section, entry) {
  const module = entry.module ?? 'PluginRoot';
  const names = [
    entry.importName,
    entry.ref,
    entry.menuItem?.importName,
    ...Object.values(entry.config?.if ?? {})
      .flat()
      .filter(condition => typeof condition === 'string'),
  ];
  for (const importName of names.filter(Boolean)) {
    yield { section, module, importName };
  }
}

/** @returns what the configuration of a frontend names of its exports, and its faults */
export function readFrontendConfig({ menuItems = {}, ...sections }) {
  const faults = [];
  const named = [];
  for (const [section, entries] of Object.entries(sections)) {
    const known = FRONTEND_KEYS[section];
    if (!known) {
      faults.push(`${section} is no key that the loader reads`);
      continue;
    }
    for (const entry of entries) {
      named.push(...exportsNamed(section, entry));
      for (const key of Object.keys(entry).filter(
        one => !known.includes(one),
      )) {
        faults.push(`${section}: ${key} is no key that the loader reads`);
      }
    }
  }
  const paths = (sections.dynamicRoutes ?? []).map(({ path: route }) =>
    route.replace(/^\/|\/$/g, '').replaceAll('/', '.'),
  );
  for (const [item, config] of Object.entries(menuItems)) {
    if (!paths.includes(item) && !config.title) {
      faults.push(
        `menuItems: ${item} is the path of no route and has no title`,
      );
    }
    for (const key of Object.keys(config).filter(
      one => !MENU_ITEM_KEYS.includes(one),
    )) {
      faults.push(`menuItems: ${key} is no key that the loader reads`);
    }
  }
  return { named, faults };
}

/** Where two plugins say different things of one key, the installer stops. */
export function mergeConfigs(into, from, where = '') {
  for (const [key, value] of Object.entries(from)) {
    if (isObject(value)) {
      into[key] = mergeConfigs(
        isObject(into[key]) ? into[key] : {},
        value,
        `${where}${key}.`,
      );
    } else if (
      key in into &&
      JSON.stringify(into[key]) !== JSON.stringify(value)
    ) {
      throw new Error(`${where}${key} is said differently by two plugins`);
    } else {
      into[key] = value;
    }
  }
  return into;
}
