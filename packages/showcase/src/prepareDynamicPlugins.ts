import fs from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { targetPaths } from '@backstage/cli-common';
import { ConfigSources } from '@backstage/config-loader';
import { pluginsBuiltInto } from './vetting/builtIn';
import { enablePackages } from './vetting/enablePackages';
import { versionsReachable } from './vetting/missingPeers';
import { sayRefusal } from './vetting/Refusal';
import { vetPackages } from './vetting/vetPackages';

const ROOT_DIRECTORY = 'APP_CONFIG_dynamicPlugins_rootDirectory';

/**
 * Keeps what cannot be loaded from the feature service, which would let the whole portal die of some of it, and says why. To be
 * called before the backend is made: it changes which folder the configuration names.
 */
export async function prepareDynamicPlugins(): Promise<void> {
  const source = ConfigSources.default({ watch: false });
  const config = await ConfigSources.toConfig(source);
  const backstageRoot = targetPaths.rootDir;
  const extracted = path.resolve(
    backstageRoot,
    config.getString('dynamicPlugins.rootDirectory'),
  );
  await fs.mkdir(extracted, { recursive: true });
  const { version } = JSON.parse(
    await fs.readFile(path.join(backstageRoot, 'backstage.json'), 'utf8'),
  );
  const appPackage = config.getString('app.packageName');
  const requireOwn = createRequire(__filename);
  const verdict = await vetPackages(extracted, {
    config,
    backstageVersion: version,
    builtIn: pluginsBuiltInto([
      requireOwn.resolve('../package.json'),
      requireOwn.resolve(`${appPackage}/package.json`),
    ]),
    versionOf: versionsReachable(backstageRoot, appPackage),
  });
  config.close();

  const logger = WinstonLogger.create({ meta: { service: 'showcase' } });
  verdict.warnings.forEach(warning => logger.warn(warning));
  verdict.refused.forEach(refusal => logger.error(sayRefusal(refusal)));

  const enabled = path.join(backstageRoot, 'enabled-plugins');
  await enablePackages(verdict.accepted, enabled);
  process.env[ROOT_DIRECTORY] = JSON.stringify(enabled);
}
