import path from 'node:path';
import { Config } from '@backstage/config';
import semver from 'semver';
import { BuiltInPlugin, refuseBuiltIn } from './builtIn';
import { DynamicPackage, readPackages } from './DynamicPackage';
import { refuseDuplicates } from './duplicates';
import { refuseMissingPeers, VersionOf } from './missingPeers';
import { Refusal } from './Refusal';
import { refuseWrongConfig } from './wrongConfig';

/** The portal that packages are vetted for. */
export type Portal = {
  config: Config;
  /** The release of Backstage. */
  backstageVersion: string;
  /** What nobody can extract in another version, because it is not extracted. */
  builtIn: BuiltInPlugin[];
  versionOf: VersionOf;
};

export type Verdict = {
  accepted: DynamicPackage[];
  refused: Refusal[];
  /** What may be well, and should be known where it is not. */
  warnings: string[];
};

/** A page without its backend shows errors and nothing else, so it goes with it. */
function refusePagesWithout(
  packages: DynamicPackage[],
  refused: Refusal[],
): Refusal[] {
  const isRefused = (folder: string) =>
    refused.some(refusal => refusal.folder === folder);
  return packages
    .filter(({ folder }) => !isRefused(folder))
    .flatMap(page => {
      const { role, pluginId } = page.manifest.backstage;
      const backend = packages.find(
        ({ folder, manifest }) =>
          manifest.backstage.role === 'backend-plugin' &&
          manifest.backstage.pluginId === pluginId &&
          isRefused(folder),
      );
      return pluginId && role.startsWith('frontend-') && backend
        ? {
            folder: page.folder,
            why: `its backend ${path.basename(backend.folder)} is not loaded`,
            remedy: 'see what is said of the backend',
          }
        : [];
    });
}

function warnOfVersions(
  packages: DynamicPackage[],
  backstageVersion: string,
): string[] {
  const untried = packages.flatMap(({ manifest }) => {
    const tried = manifest.backstage['supported-versions'];
    // A patch of a release that was tried is as good.
    const range = semver.valid(tried) ? `~${tried}` : tried;
    return range &&
      semver.validRange(range) &&
      !semver.satisfies(backstageVersion, range)
      ? `${manifest.name} ${manifest.version} was tried with Backstage ${tried}, this portal is ${backstageVersion}. If it fails, take the archive for this release.`
      : [];
  });
  const versions = new Map<string, Set<string>>();
  for (const { manifest } of packages) {
    const { pluginId } = manifest.backstage;
    if (pluginId) {
      const known = versions.get(pluginId) ?? new Set();
      versions.set(pluginId, known.add(manifest.version));
    }
  }
  const apart = [...versions]
    .filter(([, known]) => known.size > 1)
    .map(
      ([pluginId, known]) =>
        `The packages of "${pluginId}" are of the versions ${[...known]
          .sort(semver.compare)
          .join(' and ')}. Extract archives of one version.`,
    );
  return [...untried, ...apart];
}

/** Looks at everything that was extracted, before any of it runs. */
export async function vetPackages(
  root: string,
  portal: Portal,
): Promise<Verdict> {
  const { packages, refusals } = await readPackages(root);
  const refused = [
    ...refusals,
    ...refuseDuplicates(packages),
    ...refuseBuiltIn(packages, portal.builtIn),
    ...refuseMissingPeers(packages, portal.versionOf),
    ...(await refuseWrongConfig(packages, portal.config)),
  ];
  refused.push(...refusePagesWithout(packages, refused));
  const accepted = packages.filter(
    ({ folder }) => !refused.some(refusal => refusal.folder === folder),
  );
  return {
    accepted,
    refused,
    warnings: warnOfVersions(accepted, portal.backstageVersion),
  };
}
