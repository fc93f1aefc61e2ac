// This is an app, though a small one.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { EntityManualCard, RecentJobsCard } from '../src';
import manualPublishPlugin, { manualPublishTranslations } from '../src/alpha';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cloud-platform',
    annotations: { 'herald.io/manual-solution': 'ZCP' },
  },
};

const cards = createFrontendPlugin({
  pluginId: 'cards',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/cards',
        title: 'Cards',
        loader: async () => (
          <div
            style={{
              display: 'grid',
              gap: 24,
              padding: 24,
              gridTemplateColumns: 'repeat(auto-fit, minmax(20rem, 1fr))',
            }}
          >
            <RecentJobsCard />
            <EntityProvider entity={entity}>
              <EntityManualCard />
            </EntityProvider>
          </div>
        ),
      },
    }),
  ],
});

createDevApp({
  features: [
    manualPublishPlugin,
    cards,
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        TranslationBlueprint.make({
          name: 'manual-publish',
          params: { resource: manualPublishTranslations },
        }),
      ],
    }),
  ],
});
