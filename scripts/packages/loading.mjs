// Loads a package as it was unpacked, in a plain Node that has nothing of the repository's own transforms.
import { run } from '../processes.mjs';

const PLAIN = ['common-library', 'node-library'];
const FEATURES = ['backend-plugin', 'backend-plugin-module'];

/** Runs in that Node, with the name of the package, its folder and whether its default export has to be a feature. */
function load([, name, folder, isFeature]) {
  const { realpathSync } = require('node:fs');
  const found = realpathSync(require.resolve(name));
  if (!found.startsWith(realpathSync(folder))) {
    throw new Error(`${name} was loaded from ${found}`);
  }
  const loaded = require(name);
  if (Object.keys(loaded).length === 0) throw new Error('nothing is exported');
  const feature = loaded.default;
  if (isFeature && feature?.$$type !== '@backstage/BackendFeature') {
    throw new Error('the default export is no feature of a backend');
  }
  process.exit(0);
}

/** Frontends are for bundlers. Answers what is wrong, in words. */
export async function faultsOfLoading({ name, role, folder, env }) {
  if (![...PLAIN, ...FEATURES].includes(role)) return [];
  const isFeature = FEATURES.includes(role) ? 'feature' : '';
  const code = await run(
    'node',
    ['-e', `(${load})(process.argv)`, name, folder, isFeature],
    { cwd: folder, env, stdio: ['ignore', 'ignore', process.stderr] },
  );
  return code === 0 ? [] : [`it does not load; the reason is above`];
}
