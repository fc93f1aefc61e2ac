import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { bringUiStyles } from '@herald/frontend';
import type { ComponentType } from 'react';
import { manualPublishApiFactory } from './api/manualPublishApi';
import { MANUAL_SOLUTION_ANNOTATION } from './cards/annotation';
import { ManualPublishIcon } from './components/ManualPublishIcon';
import { TitledPage } from './pages/TitledPage';
import { jobRouteRef, rootRouteRef } from './routes';

// Ahead of the pages, which are loaded when they are asked for.
bringUiStyles();

const api = ApiBlueprint.make({
  name: 'client',
  params: define => define(manualPublishApiFactory),
});

const page = PageBlueprint.makeWithOverrides({
  factory: (originalFactory, { config }) =>
    originalFactory({
      path: '/manual-publish',
      // In the navigation; the page has a header of its own, in the language of whoever reads it.
      title: 'Manuals',
      noHeader: true,
      icon: <ManualPublishIcon />,
      routeRef: rootRouteRef,
      loader: async () => <TitledPage title={config.title} />,
    }),
});

/** A card at the path at which the host has put the pages. */
function routed(Card: ComponentType<{ path?: string }>) {
  return function RoutedCard() {
    return <Card path={useRouteRef(rootRouteRef)?.()} />;
  };
}

const homeCard = HomePageWidgetBlueprint.make({
  name: 'recent-jobs',
  params: {
    name: 'ManualPublications',
    title: 'Publications of manuals',
    description: 'What is being published, and what was of late',
    layout: { height: { minRows: 4 }, width: { minColumns: 4 } },
    components: async () => {
      const { RecentJobsContent } = await import('./cards/RecentJobsCard');
      return { Content: routed(RecentJobsContent) };
    },
  },
});

const entityCard = EntityCardBlueprint.make({
  name: 'manual',
  params: {
    // Beside what the entity is, and not below all that it has to do with.
    type: 'info',
    filter: entity =>
      entity.metadata.annotations?.[MANUAL_SOLUTION_ANNOTATION] !== undefined,
    loader: async () => {
      const { EntityManualCard } = await import('./cards/EntityManualCard');
      const Card = routed(EntityManualCard);
      return <Card />;
    },
  },
});

/** The manuals, their publications, and cards about both. @public */
export const manualPublishPlugin = createFrontendPlugin({
  pluginId: 'manual-publish',
  title: 'Manuals',
  extensions: [api, page, homeCard, entityCard],
  routes: { root: rootRouteRef, job: jobRouteRef },
  info: { packageJson: () => import('../package.json') },
});
