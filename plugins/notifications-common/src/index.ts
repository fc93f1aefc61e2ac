/**
 * Types, schemas, permissions and the API client of the Herald notifications plugin.
 *
 * @packageDocumentation
 */
export type {
  CallerKind,
  Operation,
  ResponseHeader,
} from '@herald/api-contract';
export * from './client/NotificationsClient';
export * from './limits';
export * from './operations/notificationsOperations';
export { sendNotificationHeadersSchema } from './operations/sending';
export * from './permissions';
export * from './schemas/message';
export * from './schemas/preferences';
export * from './schemas/query';
export * from './schemas/stream';
export * from './schemas/upstream';
export * from './schemas/work';
export * from './schemas/imports';
export { parseFullEntityRef, parseTargetRef } from './schemas/targets';
export { isSafeLink } from './schemas/url';
