import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  SendNotification,
  UpstreamSendNotification,
  UpstreamSentNotifications,
} from '@herald/backstage-plugin-notifications-common';
import { EVERYBODY, StoredMessage } from '../messages/Message';

/** Whether a body is in the dialect of Backstage's own notification service; by what it names, so that errors name its fields. */
export function isUpstreamBody(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    Object.hasOwn(body, 'recipients') &&
    Object.hasOwn(body, 'payload')
  );
}

/** Whether it is for everybody. */
export function isUpstreamBroadcast(body: UpstreamSendNotification): boolean {
  return body.recipients.type === 'broadcast';
}

/** What a body of upstream's says natively. */
export type Translation = {
  /** Absent where nobody is left whom it could be for. */
  notification?: SendNotification;
  /** Refs that are none. */
  malformed: string[];
};

/**
 * Turns upstream's body into ours; the catalog is not asked.
 *
 * @param principal - the authenticated sender; upstream calls its subject the origin
 */
export function translate(
  body: UpstreamSendNotification,
  principal: string,
): Translation {
  const { recipients, payload } = body;
  const { description, ...same } = payload;
  const content = {
    ...same,
    message: description,
    origin: originOf(principal),
  };
  if (recipients.type === 'broadcast') {
    return { notification: content, malformed: [] };
  }
  const targets = readRefs(recipients.entityRef);
  const exclusions = readRefs(recipients.excludeEntityRef ?? []);
  return {
    notification:
      targets.refs.length > 0
        ? {
            ...content,
            targetEntities: targets.refs,
            excludedEntities: exclusions.refs,
          }
        : undefined,
    malformed: [...targets.malformed, ...exclusions.malformed],
  };
}

/** What upstream answers: one entry for each ref that a message is for. */
export function toUpstream(
  message: StoredMessage,
  targets: readonly string[],
): UpstreamSentNotifications {
  return targets.map(ref => ({
    id: message.id,
    user: ref === EVERYBODY ? null : ref,
    created: message.createdAt.toISOString(),
    origin: message.origin,
    payload: {
      title: message.title,
      description: message.message,
      link: message.link,
      severity: message.severity,
      topic: message.topic,
      scope: message.scope,
      icon: message.icon,
      metadata:
        message.metadata as UpstreamSendNotification['payload']['metadata'],
    },
  }));
}

/** `service:plugin:catalog` is `plugin:catalog` there. */
function originOf(principal: string): string {
  return principal.replace(/^service:/, '');
}

/** As upstream reads them: a kind is needed, a namespace is not. */
function readRefs(given: string | readonly string[]): {
  refs: string[];
  malformed: string[];
} {
  const refs = new Set<string>();
  const malformed: string[] = [];
  for (const text of [given].flat()) {
    try {
      refs.add(stringifyEntityRef(parseEntityRef(text)));
    } catch {
      malformed.push(text);
    }
  }
  return { refs: [...refs], malformed };
}
