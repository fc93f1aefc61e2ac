/**
 * The languages that can be had without any configuration, by the codes that ZMP uses.
 *
 * @public
 */
export const defaultLanguages = [
  'ko',
  'fr',
  'ja',
  'es',
  'de',
  'zh',
  'ru',
  'it',
  'pt',
  'ar',
] as const;

/** What is published where a request names no languages and the configuration neither. @public */
export const defaultTargetLanguages: readonly string[] = ['ko', 'ja', 'zh'];
