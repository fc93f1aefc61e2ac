// `yarn bench <name> [args]` and `yarn screenshots`: TypeScript run in place, as the development backend is.
import { INSTALL_CHROMIUM, findChromium } from './chromium.mjs';
import { startPostgres } from './postgres.mjs';
import { run, stopOnSignals } from './processes.mjs';
import { SetupError, say } from './toolchain.mjs';

function runTypeScript(file, args, env) {
  return run(
    'node',
    ['--require', '@backstage/cli/config/nodeTransform.cjs', file, ...args],
    { env },
  );
}

export async function bench(env, [name, ...args]) {
  if (!name)
    throw new SetupError('which one? For example: yarn bench notifications');
  stopOnSignals();
  const postgres = await startPostgres();
  try {
    process.exitCode = await runTypeScript(
      'packages/bench/src/index.ts',
      [name, ...args],
      { ...env, HERALD_BENCH_POSTGRES: postgres.connectionString },
    );
  } finally {
    await postgres.stop();
  }
}

export async function screenshots(env, names) {
  const chromium = findChromium();
  if (!chromium)
    throw new SetupError(`Chromium is needed: ${INSTALL_CHROMIUM}`);
  stopOnSignals(() => say('stopping'));
  process.exitCode = await runTypeScript(
    'packages/e2e/src/screenshots.ts',
    names,
    {
      ...env,
      HERALD_CHROMIUM: chromium,
    },
  );
}
