import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import {
  CorrectNotification,
  SendNotification,
  parseFullEntityRef,
  parseTargetRef,
} from '@herald/backstage-plugin-notifications-common';
import { JsonObject } from '@backstage/types';
import { v7 as uuid } from 'uuid';
import { Audience } from '../audience/Audience';
import { Telemetry } from '../Telemetry';
import { EVERYBODY, NewMessage, StoredMessage } from './Message';
import { NobodyLeft } from './NobodyLeft';
import {
  Admission,
  Correction,
  IdempotencyKey,
  MessageStore,
  StoreOutcome,
} from './MessageStore';
import { SenderQuota } from './SenderQuota';

/** Keeps messages until their moment has come. */
export interface Outbox {
  schedule(
    message: NewMessage,
    sendAt: Date,
    key?: IdempotencyKey,
    admit?: Admission,
  ): Promise<StoreOutcome>;
}

/** What modules of the portal have to say about messages. */
export interface MessageModules {
  /** Whether one of them finds the recipients, so that the catalog is not asked who they are. */
  readonly resolveRecipients: boolean;
  /**
   * What they make of a message before it is stored.
   *
   * @throws NobodyLeft where they leave nobody to send it to
   */
  prepare(message: NewMessage): Promise<NewMessage>;
}

/** Accepts messages. A refused one changes nothing. */
export class MessageSender {
  readonly #store: MessageStore;
  readonly #outbox: Outbox;
  readonly #audience: Audience;
  readonly #quota: SenderQuota;
  readonly #modules: MessageModules;
  readonly #telemetry: Pick<Telemetry, 'sent'>;
  readonly #now: () => Date;

  constructor(options: {
    store: MessageStore;
    outbox: Outbox;
    audience: Audience;
    quota: SenderQuota;
    modules: MessageModules;
    telemetry: Pick<Telemetry, 'sent'>;
    now: () => Date;
  }) {
    this.#store = options.store;
    this.#outbox = options.outbox;
    this.#audience = options.audience;
    this.#quota = options.quota;
    this.#modules = options.modules;
    this.#telemetry = options.telemetry;
    this.#now = options.now;
  }

  /** Whether a message would go to everybody, by what it names. */
  static isBroadcast(notification: SendNotification): boolean {
    return targetsOf(notification).length === 0;
  }

  /**
   * @param leaveOut - told of targets and exclusions that are not in the catalog, or that nobody owns; without it they are refused
   * @returns the id of the message; of the first one, where the key was used before; of the one whose place it took, by its scope
   * @throws InputError where it could never be seen
   * @throws NotFoundError where a target is not in the catalog, or nobody owns it
   * @throws NobodyLeft where all targets were left out
   * @throws ConflictError where the key was used before with another body
   * @throws TooManyRequestsError where the sender has used up its quota
   * @throws ServiceUnavailableError where the catalog is out of reach
   */
  async send(
    sender: string,
    notification: SendNotification,
    idempotencyKey?: string,
    leaveOut?: (refs: readonly string[]) => void,
  ): Promise<{ messageId: string }> {
    const key =
      idempotencyKey === undefined
        ? undefined
        : { key: idempotencyKey, bodyHash: hashOf(notification) };
    // Before anything else: what was accepted once is not refused because somebody has left since, or the catalog is down.
    const earlier = key && (await this.#store.earlier(sender, key));
    return answer(
      earlier ?? (await this.#sendNow(sender, notification, key, leaveOut)),
    );
  }

  /**
   * Changes what a message says, for all who have it.
   *
   * @throws NotFoundError where there is none
   */
  async correct(
    messageId: string,
    correction: CorrectNotification,
  ): Promise<StoredMessage> {
    const corrected = await this.#store.correct(
      messageId,
      toCorrection(correction),
    );
    if (!corrected) {
      throw noSuchMessage(messageId);
    }
    return corrected;
  }

  /** @throws NotFoundError where there is none */
  async withdraw(messageId: string): Promise<void> {
    if (!(await this.#store.withdraw(messageId))) {
      throw noSuchMessage(messageId);
    }
  }

  /**
   * Who sent a message, also one that waits for its moment.
   *
   * @throws NotFoundError where there is none
   */
  async senderOf(messageId: string): Promise<string> {
    const sender = await this.#store.senderOf(messageId);
    if (sender === undefined) {
      throw noSuchMessage(messageId);
    }
    return sender;
  }

  async #sendNow(
    sender: string,
    notification: SendNotification,
    key: IdempotencyKey | undefined,
    leaveOut: ((refs: readonly string[]) => void) | undefined,
  ): Promise<StoreOutcome> {
    const { sendAt, expiresAt } = notification;
    const now = this.#now();
    const moment = sendAt === undefined ? now : later(new Date(sendAt), now);
    if (expiresAt !== undefined && Date.parse(expiresAt) <= moment.getTime()) {
      throw new InputError(
        `Field expiresAt: must be later than the message is sent (was "${expiresAt}")`,
      );
    }
    const message: NewMessage = {
      ...toContent(notification),
      id: uuid(),
      createdAt: moment,
      sender,
      origin: notification.origin,
      topic: notification.topic,
      scope: notification.scope,
      ...(await this.#audienceOf(notification, leaveOut)),
    };
    // What is refused, and what a repeated key has sent already, is not counted.
    const admit: Admission = ledger => this.#quota.spend(sender, ledger);
    const isForLater = moment > now;
    const outcome = isForLater
      ? await this.#outbox.schedule(message, moment, key, admit)
      : await this.#store.store(
          await this.#modules.prepare(message),
          key,
          admit,
        );
    if (outcome.outcome === 'stored') {
      this.#telemetry.sent(isForLater ? 'scheduled' : 'stored');
    }
    return outcome;
  }

  async #audienceOf(
    notification: SendNotification,
    leaveOut: ((refs: readonly string[]) => void) | undefined,
  ): Promise<Pick<NewMessage, 'targets' | 'exclusions' | 'named'>> {
    const targets = targetsOf(notification);
    const exclusions = refsOf(notification.excludedEntities);
    if (targets.length > 0 && this.#modules.resolveRecipients) {
      const asNamed = { refs: targets, excluded: exclusions };
      return { targets, exclusions, named: asNamed };
    }
    const named = [...new Set([...targets, ...exclusions])];
    const recipients =
      named.length > 0
        ? await this.#audience.recipients(named)
        : new Map<string, readonly string[]>();
    const missing = named.filter(ref => !recipients.has(ref));
    if (missing.length > 0 && !leaveOut) {
      throw new NotFoundError(`Not in the catalog: ${missing.join(', ')}`);
    }
    const ownerless = targets.filter(ref => recipients.get(ref)?.length === 0);
    if (ownerless.length > 0 && !leaveOut) {
      throw new NotFoundError(
        `Nobody in the catalog owns: ${ownerless.join(', ')}`,
      );
    }
    leaveOut?.([...missing, ...ownerless]);
    const left = targets.filter(ref => recipients.get(ref)?.length);
    if (left.length === 0 && targets.length > 0) {
      throw new NobodyLeft(`Not in the catalog: ${targets.join(', ')}`);
    }
    const whoIs = (refs: readonly string[]) => [
      ...new Set(refs.flatMap(ref => recipients.get(ref) ?? [])),
    ];
    return {
      targets: targets.length > 0 ? whoIs(left) : [EVERYBODY],
      exclusions: whoIs(exclusions),
      named:
        targets.length > 0
          ? {
              refs: left,
              excluded: exclusions.filter(ref => recipients.has(ref)),
            }
          : 'everybody',
    };
  }
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

function noSuchMessage(messageId: string): NotFoundError {
  return new NotFoundError(`No message has the id ${messageId}`);
}

function answer(result: StoreOutcome): { messageId: string } {
  if (result.outcome === 'conflict') {
    throw new ConflictError(
      'Header idempotency-key: was used before, with another body',
    );
  }
  return { messageId: result.messageId };
}

function refsOf(entities: readonly string[] = []): string[] {
  return entities.map(parseFullEntityRef).filter(ref => ref !== undefined);
}

function targetsOf({
  targetUsers = [],
  targetGroups = [],
  targetEntities,
}: SendNotification): string[] {
  const refs = [
    ...targetUsers.map(text => parseTargetRef(text, 'user')),
    ...targetGroups.map(text => parseTargetRef(text, 'group')),
    ...refsOf(targetEntities),
  ];
  return [...new Set(refs.filter(ref => ref !== undefined))];
}

function toContent(notification: SendNotification) {
  const { actions = [], severity = 'normal', expiresAt } = notification;
  return {
    title: notification.title,
    message: notification.message,
    actions: withIds(actions),
    severity,
    type: notification.type,
    solution: notification.solution,
    documentTitle: notification.document_title,
    link: notification.link,
    icon: notification.icon,
    metadata: notification.metadata as JsonObject | undefined,
    expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt),
  };
}

/** Only what is named; null has become what is not there. */
function toCorrection(correction: CorrectNotification): Correction {
  const {
    document_title: documentTitle,
    expiresAt,
    actions,
    ...same
  } = correction;
  const changes = {
    ...same,
    ...('document_title' in correction && { documentTitle }),
    ...('expiresAt' in correction && {
      expiresAt: expiresAt ? new Date(expiresAt) : undefined,
    }),
    ...(actions && { actions: withIds(actions) }),
  };
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [name, value ?? undefined]),
  );
}

function withIds(actions: readonly { title: string; url: string }[]) {
  return actions.map(action => ({ id: uuid(), ...action }));
}

// The schema has put the fields in its own order by now, so that equal bodies give equal JSON.
function hashOf(notification: SendNotification): string {
  return createHash('sha256')
    .update(JSON.stringify(notification))
    .digest('hex');
}
