/**
 * The Herald manual publishing backend: Notion pages to a Docusaurus site, in every language.
 *
 * @packageDocumentation
 */
export { manualPublishPlugin as default } from './plugin';
export { isSolution, solutionResourceRef } from './http/permissionRules';
