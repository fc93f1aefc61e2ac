import { createTranslationResource } from '@backstage/frontend-plugin-api';
import { notificationsTranslationRef } from '../translation';

/** The languages of the page beside English; an app installs them with a `TranslationBlueprint`. @public */
export const notificationsTranslations = createTranslationResource({
  ref: notificationsTranslationRef,
  translations: { de: () => import('./de') },
});
