import fs from 'node:fs/promises';
import path from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { pluginsBuiltInto } from './builtIn';
import { enablePackages } from './enablePackages';
import { sayRefusal } from './Refusal';
import { Portal, vetPackages } from './vetPackages';

const backend = (extra: JsonObject = {}): JsonObject => ({
  name: '@herald/backstage-plugin-notifications-backend',
  version: '1.2.0',
  main: 'dist/index.cjs.js',
  backstage: { role: 'backend-plugin', pluginId: 'notifications' },
  ...extra,
});

const page = (extra: JsonObject = {}): JsonObject => ({
  name: '@herald/backstage-plugin-notifications',
  version: '1.2.0',
  main: './dist/remoteEntry.js',
  backstage: { role: 'frontend-plugin', pluginId: 'notifications' },
  ...extra,
});

const manuals = (extra: JsonObject = {}): JsonObject => ({
  name: '@herald/backstage-plugin-manual-publish-backend',
  version: '1.2.0',
  main: 'dist/index.cjs.js',
  backstage: { role: 'backend-plugin', pluginId: 'manual-publish' },
  ...extra,
});

const extracted = (
  manifest: JsonObject,
  files: Record<string, string> = {},
) => ({
  'package.json': JSON.stringify(manifest),
  dist: { [path.basename(String(manifest.main))]: '', ...files },
});

const schemaOf = (properties: JsonObject) =>
  JSON.stringify({
    backstageConfigSchemaVersion: 1,
    schemas: [
      {
        path: 'config.d.ts',
        value: {
          $schema: 'http://json-schema.org/draft-07/schema#',
          type: 'object',
          properties,
        },
      },
    ],
  });

describe('vetPackages', () => {
  const root = createMockDirectory();
  let portal: Portal;

  beforeEach(() => {
    root.clear();
    portal = {
      config: new ConfigReader({}),
      backstageVersion: '1.55.0',
      builtIn: [],
      versionOf: () => undefined,
    };
  });

  const vet = async (
    folders: Parameters<typeof root.setContent>[0],
    given: Partial<Portal> = {},
  ) => {
    root.setContent(folders);
    const verdict = await vetPackages(root.path, { ...portal, ...given });
    return {
      accepted: verdict.accepted.map(({ folder }) => path.basename(folder)),
      said: verdict.refused.map(sayRefusal),
      warnings: verdict.warnings,
    };
  };

  it('accepts what is whole', async () => {
    expect(
      await vet({ page: extracted(page()), server: extracted(backend()) }),
    ).toEqual({ accepted: ['page', 'server'], said: [], warnings: [] });
  });

  it.each([
    ['no package.json', { dist: {} }, 'it has no package.json'],
    [
      'half a package.json',
      { 'package.json': '{"name":' },
      'its package.json is no JSON',
    ],
    [
      'no role',
      extracted(manuals({ backstage: {} })),
      'its package.json lacks backstage.role',
    ],
    [
      'no entry point',
      { 'package.json': JSON.stringify(manuals()) },
      'its entry point dist/index.cjs.js is missing',
    ],
  ])(
    'refuses a folder with %s, and loads the others',
    async (_, broken, why) => {
      expect(await vet({ broken, server: extracted(backend()) })).toEqual({
        accepted: ['server'],
        said: [
          `Dynamic plugin broken is not loaded: ${why}. To load it: extract its archive again, or remove the folder.`,
        ],
        warnings: [],
      });
    },
  );

  it('passes over what an interrupted extraction has left', async () => {
    expect(await vet({ '.new-server': {}, 'a-file': '' })).toEqual({
      accepted: [],
      said: [],
      warnings: [],
    });
  });

  it('refuses both of two plugins with one id, and the page that would stand alone', async () => {
    const verdict = await vet({
      manuals: extracted(manuals()),
      other: extracted(backend({ name: 'somebody-elses' })),
      page: extracted(page()),
      server: extracted(backend()),
    });
    expect(verdict.accepted).toEqual(['manuals']);
    expect(verdict.said).toEqual([
      'Dynamic plugin other is not loaded: the backend-plugin of "notifications" is in server (@herald/backstage-plugin-notifications-backend 1.2.0) as well. To load it: keep one of these folders and remove the others.',
      'Dynamic plugin server is not loaded: the backend-plugin of "notifications" is in other (somebody-elses 1.2.0) as well. To load it: keep one of these folders and remove the others.',
      'Dynamic plugin page is not loaded: its backend other is not loaded. To load it: see what is said of the backend.',
    ]);
  });

  it('refuses a plugin with the id of one that is built in, with its page, and loads the others', async () => {
    const verdict = await vet(
      {
        manuals: extracted(manuals()),
        page: extracted(page()),
        server: extracted(backend()),
      },
      {
        builtIn: [
          {
            name: '@backstage/plugin-notifications-backend',
            role: 'backend-plugin',
            pluginId: 'notifications',
          },
        ],
      },
    );
    expect(verdict.accepted).toEqual(['manuals']);
    expect(verdict.said).toEqual([
      'Dynamic plugin server is not loaded: the backend-plugin of "notifications" is built into this portal (@backstage/plugin-notifications-backend). To load it: take @backstage/plugin-notifications-backend out of the portal, or else remove this folder.',
      'Dynamic plugin page is not loaded: its backend server is not loaded. To load it: see what is said of the backend.',
    ]);
  });

  it('knows what this portal is built from, and takes modules and libraries for no plugins', () => {
    const built = pluginsBuiltInto([
      path.resolve(__dirname, '../../package.json'),
      path.resolve(__dirname, '../../../showcase-app/package.json'),
    ]);
    expect(built).toContainEqual({
      name: '@backstage/plugin-catalog-backend',
      role: 'backend-plugin',
      pluginId: 'catalog',
    });
    expect(built).toContainEqual({
      name: '@backstage/plugin-catalog',
      role: 'frontend-plugin',
      pluginId: 'catalog',
    });
    expect(
      built.filter(({ name }) => /-module-|-node$|-react$/.test(name)),
    ).toEqual([]);
  });

  it('lets modules share the id of the plugin that they are for', async () => {
    const module = (name: string) =>
      extracted(
        backend({
          name,
          backstage: {
            role: 'backend-plugin-module',
            pluginId: 'notifications',
          },
        }),
      );
    expect(
      await vet({
        email: module('email'),
        server: extracted(backend()),
        slack: module('slack'),
      }),
    ).toMatchObject({ accepted: ['email', 'server', 'slack'] });
  });

  it('refuses whoever needs a package, or a version, that the portal has not', async () => {
    const versions: Record<string, string> = { react: '18.3.1' };
    const verdict = await vet(
      {
        manuals: extracted(
          manuals({
            peerDependencies: { kafkajs: '^2.0.0', pg: '*' },
            peerDependenciesMeta: { pg: { optional: true } },
          }),
        ),
        page: extracted(page({ peerDependencies: { react: '^19.0.0' } })),
        server: extracted(backend()),
      },
      { versionOf: name => versions[name] },
    );
    expect(verdict.accepted).toEqual(['server']);
    expect(verdict.said).toEqual([
      'Dynamic plugin manuals is not loaded: @herald/backstage-plugin-manual-publish-backend 1.2.0 needs kafkajs ^2.0.0 (not here). To load it: take the archive that was made for this version of Backstage, or add the package to the portal.',
      'Dynamic plugin page is not loaded: @herald/backstage-plugin-notifications 1.2.0 needs react ^19.0.0 (here is 18.3.1). To load it: take the archive that was made for this version of Backstage, or add the package to the portal.',
    ]);
  });

  it('does not ask the portal for what a page brings along', async () => {
    expect(
      await vet({
        page: extracted(page({ peerDependencies: { luxon: '^3.0.0' } })),
      }),
    ).toMatchObject({ accepted: ['page'] });
  });

  it('refuses the plugin whose key is of the wrong type, by the name of the key and without its value', async () => {
    const verdict = await vet(
      {
        manuals: extracted(manuals(), {
          '.config-schema.json': schemaOf({
            manualPublish: {
              type: 'object',
              properties: { solutions: { type: 'array' } },
            },
          }),
        }),
        server: extracted(backend(), {
          '.config-schema.json': schemaOf({
            notifications: {
              type: 'object',
              properties: { retention: { type: 'string' } },
            },
          }),
        }),
      },
      {
        config: new ConfigReader({
          manualPublish: { solutions: 'hush' },
          notifications: { retention: '30 days' },
        }),
      },
    );
    expect(verdict.accepted).toEqual(['server']);
    expect(verdict.said).toEqual([
      'Dynamic plugin manuals is not loaded: Config validation failed, Config must be array { type=array } at /manualPublish/solutions. To load it: correct that key of the configuration, and start again.',
    ]);
  });

  it('refuses a package whose config schema is broken', async () => {
    const verdict = await vet({
      server: extracted(backend(), { '.config-schema.json': '{' }),
    });
    expect(verdict.accepted).toEqual([]);
    expect(verdict.said[0]).toContain('Dynamic plugin server is not loaded');
  });

  it('warns of archives for another Backstage, and of versions that are not in step', async () => {
    const verdict = await vet({
      page: extracted(page({ version: '1.1.0' })),
      server: extracted(
        backend({
          backstage: {
            role: 'backend-plugin',
            pluginId: 'notifications',
            'supported-versions': '1.52.0 - 1.54.0',
          },
        }),
      ),
    });
    expect(verdict.accepted).toEqual(['page', 'server']);
    expect(verdict.warnings).toEqual([
      '@herald/backstage-plugin-notifications-backend 1.2.0 was tried with Backstage 1.52.0 - 1.54.0, this portal is 1.55.0. If it fails, take the archive for this release.',
      'The packages of "notifications" are of the versions 1.1.0 and 1.2.0. Extract archives of one version.',
    ]);
  });

  it('takes a patch of a release that was tried for that release', async () => {
    const manifest = backend({
      backstage: {
        role: 'backend-plugin',
        pluginId: 'notifications',
        'supported-versions': '1.55.0',
      },
    });
    const warningsFor = async (backstageVersion: string) =>
      (await vet({ server: extracted(manifest) }, { backstageVersion }))
        .warnings;
    expect(await warningsFor('1.55.3')).toEqual([]);
    expect(await warningsFor('1.56.0')).toHaveLength(1);
  });

  it('shows the feature service what was accepted, and nothing of the last time', async () => {
    root.setContent({
      extracted: { server: extracted(backend()), broken: {} },
      enabled: { 'of-the-last-time': {} },
    });
    const verdict = await vetPackages(root.resolve('extracted'), portal);
    await enablePackages(verdict.accepted, root.resolve('enabled'));
    expect(await fs.readdir(root.resolve('enabled'))).toEqual(['server']);
    expect(
      await fs.readFile(root.resolve('enabled/server/package.json'), 'utf8'),
    ).toContain('notifications-backend');
  });
});
