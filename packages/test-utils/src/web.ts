/**
 * What the tests of several pages need; nothing of a backend.
 *
 * @packageDocumentation
 */
export { describeTranslation } from './web/describeTranslation';
export { EventServer, type ToldEvent } from './web/EventServer';
export { Watch } from './web/Watch';
