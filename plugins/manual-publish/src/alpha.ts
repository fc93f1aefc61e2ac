export { manualPublishPlugin as default } from './plugin';
export { manualPublishTranslationRef } from './translation';
export { manualPublishTranslations } from './translations/manualPublishTranslations';
