/**
 * Sends, corrects and withdraws messages of the portal, from other backend plugins.
 *
 * @packageDocumentation
 */
export { heraldNotificationsServiceRef } from './heraldNotificationsServiceRef';
export { DefaultHeraldNotificationsService } from './DefaultHeraldNotificationsService';
export type {
  HeraldNotificationsRequestOptions,
  HeraldNotificationsService,
} from './HeraldNotificationsService';
