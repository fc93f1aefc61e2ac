// Whether a backend's archive is enough by itself: it is loaded far from the repository, with nothing beside it but, for RHDH, the
// packages of Backstage that RHDH's backend promises.
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { root } from '../../toolchain.mjs';
import { RHDH_HOST_PROVIDES } from '../rhdhHost.mjs';

// As the feature service does, a plugin is told of its own folder by its name: there are its migrations.
const LOAD = `const [, folder, name] = process.argv;
const Module = require('node:module');
const resolve = Module._resolveFilename;
Module._resolveFilename = (wanted, ...rest) =>
  resolve(wanted === name + '/package.json' ? folder + '/package.json' : wanted, ...rest);
const { default: feature } = require(folder);
process.stdout.write(String(feature?.$$type));`;

/** What a host has, for plugins that are extracted below the folder. */
export function provideHost(folder) {
  const modules = path.join(folder, 'node_modules');
  mkdirSync(path.join(modules, '@backstage'), { recursive: true });
  for (const name of RHDH_HOST_PROVIDES) {
    symlinkSync(
      path.join(root, 'node_modules', name),
      path.join(modules, name),
    );
  }
}

/** @param folder - what the archive holds below `package/`; outside of the repository */
export function faultsOfModule(folder, { name, env }) {
  const { stdout, stderr, status } = spawnSync(
    'node',
    ['-e', LOAD, folder, name],
    {
      cwd: folder,
      env: { ...env, NODE_PATH: '' },
      encoding: 'utf8',
    },
  );
  if (status !== 0) {
    const reason = stderr.split('\n').find(line => /Error/.test(line));
    return [`it cannot be loaded: ${reason ?? stderr.slice(0, 300)}`];
  }
  return stdout === '@backstage/BackendFeature'
    ? []
    : [`its default export is ${stdout}, not a feature of a backend`];
}
