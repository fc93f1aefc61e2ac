import fs from 'node:fs/promises';
import path from 'node:path';
import { DynamicPackage } from './DynamicPackage';

/** The feature service loads all that it finds; so it is shown a folder with links to what may be loaded. */
export async function enablePackages(
  packages: DynamicPackage[],
  enabled: string,
): Promise<void> {
  await fs.rm(enabled, { recursive: true, force: true });
  await fs.mkdir(enabled, { recursive: true });
  for (const { folder } of packages) {
    await fs.symlink(
      folder,
      path.join(enabled, path.basename(folder)),
      'junction',
    );
  }
}
