// A running portal of the showcase.
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startGroup, stopGroup } from '../processes.mjs';
import { untilGuestMayPublish } from '../publishing.mjs';
import { root } from '../toolchain.mjs';

const host = path.join(root, 'packages', 'showcase');

/**
 * Starts the portal in its home; resolves when it answers and its catalog knows the guest.
 *
 * @param options.home - see home.mjs
 * @param options.port - where it answers
 * @param options.dataDir - for databases and work
 * @param options.postgres - a connection string; SQLite unless told
 * @param options.environment - variables beyond those of every portal
 */
export async function startShowcase(env, options) {
  const { home, port, dataDir, postgres, environment = {} } = options;
  mkdirSync(dataDir, { recursive: true });
  const logFile = path.join(home, 'portal.log');
  const log = openSync(logFile, 'w');
  const configs = ['app-config.yaml', postgres && 'app-config.postgres.yaml'];
  const child = startGroup(
    'node',
    [
      '--require',
      path.join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
      path.join(host, 'src', 'index.ts'),
      ...configs
        .filter(Boolean)
        .flatMap(file => ['--config', path.join(host, file)]),
    ],
    {
      cwd: home,
      env: {
        ...env,
        NODE_ENV: 'development', // or there is no guest
        HERALD_SHOWCASE_PORT: String(port),
        HERALD_SHOWCASE_DATA_DIR: dataDir,
        HERALD_SHOWCASE_USERS: path.join(root, 'users.yaml'),
        ...(postgres && { HERALD_SHOWCASE_POSTGRES: postgres }),
        ...environment,
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  const portal = {
    url: `http://localhost:${port}`,
    child,
    logFile,
    log: () => stripVTControlCharacters(readFileSync(logFile, 'utf8')),
    stop: () => stopGroup(child),
  };
  try {
    await untilGuestMayPublish(portal.url, child);
  } catch (error) {
    await portal.stop();
    const words = portal.log().trimEnd().split('\n').slice(-30);
    throw new Error([error.message, ...words].join('\n'));
  }
  return portal;
}
