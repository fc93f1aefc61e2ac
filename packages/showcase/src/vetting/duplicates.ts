import path from 'node:path';
import { DynamicPackage } from './DynamicPackage';
import { Refusal } from './Refusal';

/** The roles of which one id can have one package each. */
export const HAS_THE_ID_TO_ITSELF = [
  'backend-plugin',
  'frontend-plugin',
] as const;

/** What only one package of a portal may be. */
function placesOf({ manifest }: DynamicPackage): string[] {
  const { role, pluginId } = manifest.backstage;
  const places = [`the package ${manifest.name}`];
  if (pluginId && HAS_THE_ID_TO_ITSELF.some(each => each === role)) {
    places.push(`the ${role} of "${pluginId}"`);
  }
  return places;
}

/**
 * Two packages for one place are both refused. Which of them is meant nobody can tell, and the older of two versions over the
 * database of the newer one would do harm.
 */
export function refuseDuplicates(packages: DynamicPackage[]): Refusal[] {
  const claims = new Map<string, DynamicPackage[]>();
  for (const each of packages) {
    for (const place of placesOf(each)) {
      claims.set(place, [...(claims.get(place) ?? []), each]);
    }
  }
  const refusals = new Map<string, Refusal>();
  for (const [place, claimants] of claims) {
    if (claimants.length < 2) continue;
    for (const { folder } of claimants) {
      const others = claimants
        .filter(other => other.folder !== folder)
        .map(
          ({ folder: other, manifest }) =>
            `${path.basename(other)} (${manifest.name} ${manifest.version})`,
        );
      refusals.set(folder, {
        folder,
        why: `${place} is in ${others.join(' and ')} as well`,
        remedy: 'keep one of these folders and remove the others',
      });
    }
  }
  return [...refusals.values()];
}
