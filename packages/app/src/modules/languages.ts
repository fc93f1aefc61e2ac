import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { manualPublishTranslations } from '@herald/backstage-plugin-manual-publish/alpha';
import { notificationsTranslations } from '@herald/backstage-plugin-notifications/alpha';

/** What the pages are translated to. Which languages people choose from is in the configuration: `api:app/app-language`. */
export const languages = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'manual-publish',
      params: { resource: manualPublishTranslations },
    }),
    TranslationBlueprint.make({
      name: 'notifications',
      params: { resource: notificationsTranslations },
    }),
  ],
});
