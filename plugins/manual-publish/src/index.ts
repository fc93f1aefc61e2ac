/**
 * The manuals pages and cards as plain components, for hosts on the old frontend system and for those that mount components. The plugin
 * for the new frontend system is the default export of `./alpha`.
 *
 * @packageDocumentation
 */
export {
  manualPublishApiFactory,
  manualPublishApiRef,
} from './api/manualPublishApi';
export { MANUAL_SOLUTION_ANNOTATION } from './cards/annotation';
export { EntityManualCard } from './cards/EntityManualCard';
export type { EntityManualCardProps } from './cards/EntityManualCard';
export { RecentJobsCard } from './cards/RecentJobsCard';
export type { RecentJobsCardProps } from './cards/RecentJobsCard';
export { ManualPublishIcon } from './components/ManualPublishIcon';
export { manualPublishPlugin, ManualPublishRoutedPage } from './legacyPlugin';
export { ManualPublishPage } from './pages/ManualPublishPage';
export { manualPublishTranslationRef } from './translation';
export { manualPublishTranslations } from './translations/manualPublishTranslations';
