import { createFrontendModule } from '@backstage/frontend-plugin-api';
import homePlugin from '@backstage/plugin-home/alpha';
import { HomePageLayoutBlueprint } from '@backstage/plugin-home-react/alpha';

/** What the host's plugin brings beyond starred entities says nothing here, or asks the web. */
const LEFT_OUT = [
  'home-page-widget:home/toolkit',
  'home-page-widget:home/random-joke',
  'home-page-widget:home/most-visited',
  'home-page-widget:home/recently-visited',
  'home-page-widget:home/world-clock',
] as const;

/** The portal opens with its home page, which holds the cards of whatever plugin has one. */
export const home = createFrontendModule({
  pluginId: 'home',
  extensions: [
    homePlugin.getExtension('page:home').override({
      factory: (originalFactory, { config }) =>
        originalFactory({ config: { ...config, path: '/' } }),
    }),
    HomePageLayoutBlueprint.make({
      params: {
        loader: async () => (await import('./HomeLayout')).HomeLayout,
      },
    }),
    ...LEFT_OUT.map(id =>
      homePlugin.getExtension(id).override({ disabled: true }),
    ),
  ],
});
