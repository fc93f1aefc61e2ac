import { LoggerService } from '@backstage/backend-plugin-api';
import {
  UpstreamSendNotification,
  UpstreamSentNotifications,
} from '@herald/backstage-plugin-notifications-common';
import { NobodyLeft } from '../messages/NobodyLeft';
import { MessageSender } from '../messages/MessageSender';
import { MessageStore } from '../messages/MessageStore';
import { toUpstream, translate } from './translate';

/** Accepts messages as Backstage's own notification service does: recipients that nobody knows are left out, and named in the log. */
export class UpstreamSender {
  readonly #sender: MessageSender;
  readonly #store: Pick<MessageStore, 'sent'>;
  readonly #logger: LoggerService;

  constructor(options: {
    sender: MessageSender;
    store: Pick<MessageStore, 'sent'>;
    logger: LoggerService;
  }) {
    this.#sender = options.sender;
    this.#store = options.store;
    this.#logger = options.logger;
  }

  /**
   * @returns an entry for each user and group it reached, owners in the place of what they own; none where nobody was left, and
   *   nothing was stored then. A repeated key is answered from what is stored: with no entry where that was withdrawn since.
   * @throws as `MessageSender.send`, except for refs that are not in the catalog
   */
  async send(
    principal: string,
    body: UpstreamSendNotification,
    idempotencyKey?: string,
  ): Promise<UpstreamSentNotifications> {
    const { notification, malformed } = translate(body, principal);
    this.#leaveOut(principal, malformed);
    if (!notification) {
      return [];
    }
    try {
      const { messageId } = await this.#sender.send(
        principal,
        notification,
        idempotencyKey,
        refs => this.#leaveOut(principal, refs),
      );
      const sent = await this.#store.sent(messageId);
      return sent ? toUpstream(sent.message, sent.targets) : [];
    } catch (error) {
      if (error instanceof NobodyLeft) {
        return [];
      }
      throw error;
    }
  }

  #leaveOut(principal: string, refs: readonly string[]): void {
    if (refs.length > 0) {
      this.#logger.warn(
        `A message of ${principal} is not for ${refs
          .map(ref => JSON.stringify(ref))
          .join(
            ', ',
          )}: nobody in the catalog answers to that; they were left out`,
      );
    }
  }
}
