import { createFrontendFeatureLoader } from '@backstage/frontend-plugin-api';
import { loadModuleFederationHostShared } from '@backstage/module-federation-common';
import { createInstance } from '@module-federation/enhanced/runtime';
import { featureOf } from './featureOf';
import { fetchRemotes, Remote } from './Remote';

type LoadModule = (id: string) => Promise<unknown>;

/** The modules of a remote load side by side. What cannot be loaded is said, and takes nothing else with it. */
async function featuresOf(remote: Remote, load: LoadModule) {
  const { name } = remote.remoteInfo;
  try {
    const modules = await Promise.all(
      remote.exposedModules.map(exposed =>
        load(exposed === '.' ? name : `${name}/${exposed}`),
      ),
    );
    const features = modules.flatMap(module => featureOf(module) ?? []);
    if (features.length === 0) {
      throw new Error('none of its modules has a feature as default export');
    }
    return features;
  } catch (error) {
    // eslint-disable-next-line no-console
    console.error(
      `The dynamic plugin ${remote.packageName} is left out: ${error}. Extract its archive again, and start the portal again.`,
    );
    return [];
  }
}

/**
 * The frontend plugins that the backend serves, by Module Federation. React and its like are this portal's own, once; what else a
 * plugin needs it brings along.
 */
export const dynamicPlugins = createFrontendFeatureLoader({
  async loader({ config }) {
    if (!config.has('dynamicPlugins')) return [];
    const remotes = await fetchRemotes(config.getString('backend.baseUrl'));
    const federation = createInstance({
      name: 'showcase',
      remotes: remotes.map(({ remoteInfo }) => remoteInfo),
      shared: await loadModuleFederationHostShared(),
    });
    const features = await Promise.all(
      remotes.map(remote =>
        featuresOf(remote, id => federation.loadRemote(id)),
      ),
    );
    return features.flat();
  },
});
