import fs from 'node:fs/promises';
import path from 'node:path';
import { Config } from '@backstage/config';
import { loadConfigSchema } from '@backstage/config-loader';
import { isError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { DynamicPackage } from './DynamicPackage';
import { Refusal } from './Refusal';

/** Where `backstage-cli package bundle` puts it. */
const SCHEMA = path.join('dist', '.config-schema.json');

async function readSchema(folder: string): Promise<JsonObject | undefined> {
  try {
    return JSON.parse(await fs.readFile(path.join(folder, SCHEMA), 'utf8'));
  } catch (error) {
    if (isError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What its own schema says against the portal's configuration: keys and types, never values. */
async function complaintOf(
  { folder }: DynamicPackage,
  config: Config,
): Promise<string | undefined> {
  try {
    const serialized = await readSchema(folder);
    if (!serialized) return undefined;
    const schema = await loadConfigSchema({ serialized });
    schema.process([{ data: config.get(), context: 'the portal' }]);
    return undefined;
  } catch (error) {
    return isError(error) ? error.message : String(error);
  }
}

/** Those for which the portal is not configured as they declare. */
export async function refuseWrongConfig(
  packages: DynamicPackage[],
  config: Config,
): Promise<Refusal[]> {
  const refusals = await Promise.all(
    packages.map(async each => {
      const complaint = await complaintOf(each, config);
      return complaint === undefined
        ? []
        : {
            folder: each.folder,
            why: complaint,
            remedy: 'correct that key of the configuration, and start again',
          };
    }),
  );
  return refusals.flat();
}
