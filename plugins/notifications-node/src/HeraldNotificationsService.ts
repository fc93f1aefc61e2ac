import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  CorrectNotification,
  NotificationContent,
  SendNotification,
} from '@herald/backstage-plugin-notifications-common';

/** What any call may be made with. @public */
export type HeraldNotificationsRequestOptions = {
  /** On whose behalf; the calling plugin's own where it is left out. Needs the permission either way. */
  credentials?: BackstageCredentials;
};

/**
 * The notifications of the portal, for other backend plugins. What the network or a busy server refuses for a while is tried
 * again; whatever else the server refuses is thrown as a `ResponseError` of `@backstage/errors`.
 *
 * @public
 */
export interface HeraldNotificationsService {
  /**
   * Sends a message to users, groups, owners of entities, or, without any target, to everybody.
   *
   * @param options - `idempotencyKey`: the same key with the same message sends once within 24 hours, also across restarts of the
   *   caller; without one, a call of its own is a message of its own, and its retries still send once
   * @returns the id of the message, or of the one whose place it took by its `scope`
   */
  send(
    notification: SendNotification,
    options?: HeraldNotificationsRequestOptions & { idempotencyKey?: string },
  ): Promise<{ messageId: string }>;

  /** Changes what a message of the caller's says; `null` takes a field away. */
  correct(
    messageId: string,
    correction: CorrectNotification,
    options?: HeraldNotificationsRequestOptions,
  ): Promise<NotificationContent>;

  /** Takes a message of the caller's back, for everybody. */
  withdraw(
    messageId: string,
    options?: HeraldNotificationsRequestOptions,
  ): Promise<void>;
}
