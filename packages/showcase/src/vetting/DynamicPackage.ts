import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Refusal } from './Refusal';

const dependencies = z.record(z.string(), z.string()).optional();

/** What is read of a package that was extracted for the feature service; other fields are of no interest here. */
const manifestSchema = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  main: z.string().min(1),
  backstage: z.object({
    role: z.string().min(1),
    pluginId: z.string().optional(),
    'supported-versions': z.string().optional(),
  }),
  peerDependencies: dependencies,
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().optional() }))
    .optional(),
});

/** A package in the folder of dynamic plugins. */
export type DynamicPackage = {
  /** Its place, absolute. */
  folder: string;
  manifest: z.infer<typeof manifestSchema>;
};

const EXTRACT_AGAIN = 'extract its archive again, or remove the folder';

async function isFile(file: string): Promise<boolean> {
  return fs.stat(file).then(
    stats => stats.isFile(),
    () => false,
  );
}

async function readPackage(folder: string): Promise<DynamicPackage | Refusal> {
  const refuse = (why: string): Refusal => ({
    folder,
    why,
    remedy: EXTRACT_AGAIN,
  });
  const file = path.join(folder, 'package.json');
  if (!(await isFile(file))) return refuse('it has no package.json');
  let written: unknown;
  try {
    written = JSON.parse(await fs.readFile(file, 'utf8'));
  } catch {
    return refuse('its package.json is no JSON');
  }
  const parsed = manifestSchema.safeParse(written);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(issue => issue.path.join('.'));
    return refuse(`its package.json lacks ${fields.join(', ')}`);
  }
  const manifest = parsed.data;
  if (!(await isFile(path.join(folder, manifest.main)))) {
    return refuse(`its entry point ${manifest.main} is missing`);
  }
  return { folder, manifest };
}

/** Every folder, by name; files beside them are of no interest. */
export async function readPackages(
  root: string,
): Promise<{ packages: DynamicPackage[]; refusals: Refusal[] }> {
  const entries = await fs.readdir(root, { withFileTypes: true });
  const folders = entries
    .filter(entry => entry.isDirectory() || entry.isSymbolicLink())
    // What an extraction left behind, and what file systems keep.
    .filter(({ name }) => !name.startsWith('.') && name !== 'lost+found')
    .map(({ name }) => path.join(root, name))
    .sort();
  const read = await Promise.all(folders.map(readPackage));
  return {
    packages: read.flatMap(each => ('why' in each ? [] : [each])),
    refusals: read.flatMap(each => ('why' in each ? [each] : [])),
  };
}
