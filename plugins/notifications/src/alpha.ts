export { notificationsPlugin as default } from './plugin';
export { notificationsTranslationRef } from './translation';
