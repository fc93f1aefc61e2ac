import { createRequire } from 'node:module';
import { z } from 'zod';
import { DynamicPackage } from './DynamicPackage';
import { HAS_THE_ID_TO_ITSELF } from './duplicates';
import { Refusal } from './Refusal';

/** A plugin that the portal was built with, and that nobody can leave out when it starts. */
export type BuiltInPlugin = { name: string; role: string; pluginId: string };

const hostSchema = z.object({
  dependencies: z.record(z.string(), z.string()).optional(),
});

const pluginSchema = z.object({
  name: z.string(),
  backstage: z.object({
    role: z.enum(HAS_THE_ID_TO_ITSELF),
    pluginId: z.string(),
  }),
});

/**
 * The plugins among the dependencies of the packages that the portal is made of: its backend, and its page.
 *
 * @param manifests - their package.json, as absolute paths
 */
export function pluginsBuiltInto(manifests: string[]): BuiltInPlugin[] {
  return manifests.flatMap(file => {
    const requireOfHost = createRequire(file);
    const host = hostSchema.parse(requireOfHost(file));
    return Object.keys(host.dependencies ?? {}).flatMap(name => {
      let manifest: unknown;
      try {
        manifest = requireOfHost(`${name}/package.json`);
      } catch {
        return []; // not every package lets its manifest be read; those of plugins do
      }
      const plugin = pluginSchema.safeParse(manifest);
      return plugin.success ? { name, ...plugin.data.backstage } : [];
    });
  });
}

/** Those whose place the portal itself has taken: the backend would not start with two plugins of one id. */
export function refuseBuiltIn(
  packages: DynamicPackage[],
  builtIn: BuiltInPlugin[],
): Refusal[] {
  return packages.flatMap(({ folder, manifest }) => {
    const { role, pluginId } = manifest.backstage;
    const taken = builtIn.find(
      plugin => plugin.role === role && plugin.pluginId === pluginId,
    );
    return taken
      ? {
          folder,
          why: `the ${role} of "${pluginId}" is built into this portal (${taken.name})`,
          remedy: `take ${taken.name} out of the portal, or else remove this folder`,
        }
      : [];
  });
}
