import { createTranslationResource } from '@backstage/frontend-plugin-api';
import { manualPublishTranslationRef } from '../translation';

/** The languages of the pages beside English; an app installs them with a `TranslationBlueprint`. @public */
export const manualPublishTranslations = createTranslationResource({
  ref: manualPublishTranslationRef,
  translations: { de: () => import('./de') },
});
