// Who follows docs/install.md: what they have in their environment, and what stands in for systems outside.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../ports.mjs';
import { stopGroup } from '../processes.mjs';
import { startSandbox } from '../sandbox.mjs';
import { root } from '../toolchain.mjs';

export const ADMIN_TOKEN = 'only-for-this-proof';

export function readersEnv(env, { dataDir, registry, postgres }) {
  const npmrc = path.join(dataDir, 'npmrc');
  writeFileSync(
    npmrc,
    `//${new URL(registry.url).host}/:_authToken=${ADMIN_TOKEN}\n`,
  );
  return {
    ...env,
    REGISTRY: registry.url,
    ARCHIVES: path.join(dataDir, 'archives'),
    NPM_CONFIG_USERCONFIG: npmrc,
    NOTIFICATIONS_ADMIN_TOKEN: ADMIN_TOKEN,
    NOTION_TOKEN: 'ntn_sandbox',
    OPENAI_API_KEY: 'sk-sandbox',
    DOCS_REPOSITORY_TOKEN: 'git_sandbox',
    ...(postgres && {
      POSTGRES_HOST: postgres.host,
      POSTGRES_PORT: String(postgres.port),
      POSTGRES_USER: postgres.user,
      POSTGRES_PASSWORD: postgres.password,
    }),
    npm_config_loglevel: 'error',
    // The registry of this proof has no certificate.
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    // The Yarn of the scaffold (4.13) crashes where a registry has to be asked twice; this is the repository's own.
    YARN_IGNORE_PATH: '1',
    // Nothing has to be compiled: drivers come ready, and Herald's packages have no such scripts.
    YARN_ENABLE_SCRIPTS: 'false',
    YARN_ENABLE_COLORS: '0',
    // On a build server Yarn would refuse to add anything.
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  };
}

/** Stand-ins for Notion and the docs repository. */
export async function startStandIns(env, dataDir) {
  const ports = {
    notion: await freePort(),
    openAi: await freePort(),
    git: await freePort(),
  };
  const { child, ready } = startSandbox(
    {
      ports: {
        HERALD_SANDBOX_NOTION_PORT: String(ports.notion),
        HERALD_SANDBOX_OPENAI_PORT: String(ports.openAi),
        HERALD_SANDBOX_GIT_PORT: String(ports.git),
      },
    },
    env,
    dataDir,
    'ignore',
  );
  await ready;
  return {
    notion: `http://127.0.0.1:${ports.notion}`,
    repository: `http://127.0.0.1:${ports.git}/docs.git`,
    stop: () => stopGroup(child),
  };
}

/**
 * Yarn keeps what it has downloaded, by name and version, for all projects of a person. What this proof publishes has the version
 * of the proof before and may be another archive: it is neither taken from there nor left there.
 */
export function forgetOwnPackages(env) {
  const folder = execFileSync('yarn', ['config', 'get', 'globalFolder'], {
    cwd: root,
    env,
    encoding: 'utf8',
  }).trim();
  const cache = path.join(folder, 'cache');
  if (!existsSync(cache)) return;
  for (const archive of readdirSync(cache)) {
    if (/^@herald-.*-npm-/.test(archive)) rmSync(path.join(cache, archive));
  }
}
