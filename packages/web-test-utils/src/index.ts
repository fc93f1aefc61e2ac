/**
 * What the tests of several pages need.
 *
 * @packageDocumentation
 */
export { EventServer, type ToldEvent } from './EventServer';
export { translationProblems } from './translationProblems';
export { Watch } from './Watch';
