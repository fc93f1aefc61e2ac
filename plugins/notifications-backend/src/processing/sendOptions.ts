import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { upstreamSendSchema } from '@herald/backstage-plugin-notifications-common';
import { isDeepStrictEqual } from 'node:util';
import { EVERYBODY, NamedAudience, NewMessage } from '../messages/Message';
import { tidied } from '../upstream/tidied';

/** A message as processors know messages. Without a link of its own, its first action stands in for it. */
export function toSendOptions(message: NewMessage): NotificationSendOptions {
  return {
    recipients: toRecipients(message.named ?? asStored(message)),
    payload: compact({
      title: message.title,
      description: message.message,
      link: message.link ?? message.actions[0]?.url,
      severity: message.severity,
      topic: message.topic,
      scope: message.scope,
      icon: message.icon,
      metadata: message.metadata,
    }),
  };
}

/** What a processor would have different in a message. */
export type SendChanges = {
  content: Partial<NewMessage>;
  /** Present where it is to be for others. */
  named?: NamedAudience;
};

/**
 * Reads what processors have made of the options.
 *
 * @throws Error where it is nothing that could be sent
 */
export function readChanges(
  before: NotificationSendOptions,
  after: NotificationSendOptions,
): SendChanges {
  const { payload, recipients } = upstreamSendSchema.parse(tidied(after));
  // Upstream's default: whoever builds a payload of their own may leave it out.
  const { description, severity = 'normal', ...same } = payload;
  const { description: descriptionBefore, ...sameBefore } = before.payload;
  const now = { ...same, severity, message: description };
  const was = { ...sameBefore, message: descriptionBefore };
  const content = Object.fromEntries(
    [...new Set([...Object.keys(was), ...Object.keys(now)])]
      .map(name => [name, now[name as keyof typeof now]] as const)
      .filter(
        ([name, value]) =>
          !isDeepStrictEqual(value, was[name as keyof typeof was]),
      ),
  );
  return {
    content,
    named: isDeepStrictEqual(recipients, before.recipients)
      ? undefined
      : toNamed(recipients),
  };
}

function asStored({ targets, exclusions }: NewMessage): NamedAudience {
  return targets.includes(EVERYBODY)
    ? 'everybody'
    : { refs: targets, excluded: exclusions };
}

function toRecipients(
  named: NamedAudience,
): NotificationSendOptions['recipients'] {
  return named === 'everybody'
    ? { type: 'broadcast' }
    : {
        type: 'entity',
        entityRef: [...named.refs],
        ...(named.excluded.length > 0 && {
          excludeEntityRef: [...named.excluded],
        }),
      };
}

function toNamed(
  recipients: NotificationSendOptions['recipients'],
): NamedAudience {
  return recipients.type === 'broadcast'
    ? 'everybody'
    : {
        refs: [recipients.entityRef].flat(),
        excluded: [recipients.excludeEntityRef ?? []].flat(),
      };
}

function compact<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as T;
}
