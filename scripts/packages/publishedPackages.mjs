// Which workspaces are published: all that are not private. What is in npm is decided here and nowhere else.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../toolchain.mjs';

const PARENTS = ['packages', 'plugins'];

export function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Every workspace of the repository: `folder` is its absolute path, `manifest` its package.json as it is in the tree. */
export function workspaces() {
  return PARENTS.flatMap(parent =>
    readdirSync(path.join(root, parent))
      .sort()
      .map(name => path.join(root, parent, name))
      .filter(folder => existsSync(path.join(folder, 'package.json')))
      .map(folder => {
        const manifest = readJson(path.join(folder, 'package.json'));
        const { name, version, backstage } = manifest;
        return { name, version, role: backstage?.role, folder, manifest };
      }),
  );
}

export function publishedPackages() {
  return workspaces().filter(({ manifest }) => !manifest.private);
}
