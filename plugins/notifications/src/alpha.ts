export { notificationsPlugin as default } from './plugin';
export { notificationsTranslationRef } from './translation';
export { notificationsTranslations } from './translations/notificationsTranslations';
