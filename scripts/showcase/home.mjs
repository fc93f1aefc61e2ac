// The folder in which a portal of the showcase runs. It is a Backstage root of its own, without node_modules: so a plugin finds nothing
// but what its archive holds, least of all its own source, which is linked in the node_modules of this repository.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

/** Where archives are extracted, below the home of a portal. */
export const pluginsOf = home => path.join(home, 'dynamic-plugins-root');

/** Makes it, or completes it. It has to be below the repository, where the portal finds the schema of its own configuration. */
export function prepareHome(home) {
  mkdirSync(path.join(home, 'packages'), { recursive: true });
  mkdirSync(pluginsOf(home), { recursive: true });
  const manifest = {
    name: 'showcase-portal',
    private: true,
    workspaces: ['packages/*'],
  };
  writeFileSync(path.join(home, 'package.json'), JSON.stringify(manifest));
  copyFileSync(
    path.join(root, 'backstage.json'),
    path.join(home, 'backstage.json'),
  );
  const host = path.join(home, 'packages', 'showcase');
  if (!existsSync(host)) {
    symlinkSync(path.join(root, 'packages', 'showcase'), host);
  }
}
