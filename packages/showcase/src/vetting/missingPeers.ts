import { createRequire } from 'node:module';
import path from 'node:path';
import semver from 'semver';
import { DynamicPackage } from './DynamicPackage';
import { Refusal } from './Refusal';

/** Answers the version of a package that a dynamic package can reach, if it can. */
export type VersionOf = (
  name: string,
  from: DynamicPackage,
) => string | undefined;

/**
 * What the frontends of this portal take from it and never bring along: `import: false` among the shared dependencies of
 * `@backstage/module-federation-common`. Whatever else they need is in their archives.
 */
const TAKEN_FROM_THE_PAGE = [
  'react',
  'react-dom',
  'react-router',
  'react-router-dom',
];

const isFrontend = ({ manifest }: DynamicPackage) =>
  manifest.backstage.role.startsWith('frontend-');

function requiredPeers({ manifest }: DynamicPackage): [string, string][] {
  return Object.entries(manifest.peerDependencies ?? {}).filter(
    ([name]) => !manifest.peerDependenciesMeta?.[name]?.optional,
  );
}

/** Those whose peers this portal lacks, or has in another version. */
export function refuseMissingPeers(
  packages: DynamicPackage[],
  versionOf: VersionOf,
): Refusal[] {
  return packages.flatMap(each => {
    const lacks = requiredPeers(each).flatMap(([name, range]) => {
      if (isFrontend(each) && !TAKEN_FROM_THE_PAGE.includes(name)) return [];
      const version = versionOf(name, each);
      if (version && semver.satisfies(version, range)) return [];
      return `${name} ${range} (${
        version ? `here is ${version}` : 'not here'
      })`;
    });
    return lacks.length === 0
      ? []
      : {
          folder: each.folder,
          why: `${each.manifest.name} ${
            each.manifest.version
          } needs ${lacks.join(' and ')}`,
          remedy:
            'take the archive that was made for this version of Backstage, or add the package to the portal',
        };
  });
}

/** Looks where the module loader of the feature service lets a plugin look; a frontend sees what the page was built with. */
export function versionsReachable(
  backstageRoot: string,
  appPackage: string,
): VersionOf {
  const requireOfApp = createRequire(
    createRequire(__filename).resolve(`${appPackage}/package.json`),
  );
  return (name, from) => {
    const manifest = `${name}/package.json`;
    try {
      const file = isFrontend(from)
        ? requireOfApp.resolve(manifest)
        : require.resolve(manifest, {
            paths: [
              path.join(from.folder, 'node_modules'),
              path.join(backstageRoot, 'node_modules'),
            ],
          });
      return createRequire(__filename)(file).version;
    } catch {
      return undefined;
    }
  };
}
