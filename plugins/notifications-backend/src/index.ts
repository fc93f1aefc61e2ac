/**
 * The backend of the Herald notifications plugin.
 *
 * @packageDocumentation
 */
export { notificationsPlugin as default } from './plugin';
