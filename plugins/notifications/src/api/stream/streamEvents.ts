import {
  streamEventSchemas,
  type NotificationStreamEvent,
} from '@herald/backstage-plugin-notifications-common';
import type { EventSourceMessage } from 'eventsource-parser';

/** What a server that is one version behind does not say of a message. */
const UNSAID = {
  severity: 'normal',
  archived: false,
  saved: false,
  actions: [],
} as const;

const isKnown = (name: string): name is NotificationStreamEvent['type'] =>
  Object.hasOwn(streamEventSchemas, name);

function contentOf(text: string, isMessage: boolean): unknown {
  try {
    const content: unknown = JSON.parse(text);
    return isMessage && typeof content === 'object'
      ? { ...UNSAID, ...content }
      : content;
  } catch {
    return undefined;
  }
}

/**
 * Reads an event of the stream. What a newer server says beyond what is known here is let through.
 *
 * @returns `undefined` for a ping, for what is not known here, and for what is malformed
 */
export function readStreamEvent({
  event: name = 'message',
  data,
}: EventSourceMessage): NotificationStreamEvent | undefined {
  if (!isKnown(name)) {
    return undefined;
  }
  const isMessage = name === 'message' || name === 'correction';
  const content = contentOf(data, isMessage);
  const schema = isMessage
    ? streamEventSchemas[name].loose()
    : streamEventSchemas[name];
  const parsed = schema.safeParse(content);
  return parsed.success
    ? // The schema is the one of the name.
      ({ type: name, data: parsed.data } as NotificationStreamEvent)
    : undefined;
}
