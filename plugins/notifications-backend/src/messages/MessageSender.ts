import { ConflictError, NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import {
  SendNotification,
  parseTargetRef,
} from '@herald/backstage-plugin-notifications-common';
import { v7 as uuid } from 'uuid';
import { Audience } from '../audience/Audience';
import { IdempotencyKey, MessageStore, StoreOutcome } from './MessageStore';

/** Accepts messages. A refused one changes nothing. */
export class MessageSender {
  readonly #store: MessageStore;
  readonly #audience: Audience;
  readonly #now: () => Date;

  constructor(options: {
    store: MessageStore;
    audience: Audience;
    now: () => Date;
  }) {
    this.#store = options.store;
    this.#audience = options.audience;
    this.#now = options.now;
  }

  /**
   * Whether a message would go to everybody, by what it names.
   */
  static isBroadcast(notification: SendNotification): boolean {
    return targetsOf(notification).length === 0;
  }

  /**
   * @returns the id of the message; of the first one, where the key was used before
   * @throws NotFoundError where a target is not in the catalog
   * @throws ConflictError where the key was used before with another body
   * @throws ServiceUnavailableError where the catalog is out of reach
   */
  async send(
    sender: string,
    notification: SendNotification,
    idempotencyKey?: string,
  ): Promise<{ messageId: string }> {
    const key =
      idempotencyKey === undefined
        ? undefined
        : { key: idempotencyKey, bodyHash: hashOf(notification) };
    // Before anything else: what was accepted once is not refused because somebody has left since, or the catalog is down.
    const earlier = key && (await this.#store.earlier(sender, key));
    return answer(earlier ?? (await this.#sendNow(sender, notification, key)));
  }

  async #sendNow(
    sender: string,
    notification: SendNotification,
    key: IdempotencyKey | undefined,
  ): Promise<StoreOutcome> {
    const targets = targetsOf(notification);
    const missing = await this.#audience.missing(targets);
    if (missing.length > 0) {
      throw new NotFoundError(`Not in the catalog: ${missing.join(', ')}`);
    }
    const { origin, title, message, topic, actions = [] } = notification;
    return this.#store.store(
      {
        id: uuid(),
        createdAt: this.#now(),
        sender,
        origin,
        title,
        message,
        topic,
        actions: actions.map(action => ({ id: uuid(), ...action })),
        targets,
      },
      key,
    );
  }
}

function answer(result: StoreOutcome): { messageId: string } {
  if (result.outcome === 'conflict') {
    throw new ConflictError(
      'Header idempotency-key: was used before, with another body',
    );
  }
  return { messageId: result.messageId };
}

function targetsOf({ targetUsers = [], targetGroups = [] }: SendNotification) {
  const refs = [
    ...targetUsers.map(text => parseTargetRef(text, 'user')),
    ...targetGroups.map(text => parseTargetRef(text, 'group')),
  ];
  return [...new Set(refs.filter(ref => ref !== undefined))];
}

// The schema has put the fields in its own order by now, so that equal bodies give equal JSON.
function hashOf(notification: SendNotification): string {
  return createHash('sha256')
    .update(JSON.stringify(notification))
    .digest('hex');
}
