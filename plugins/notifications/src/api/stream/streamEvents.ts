import {
  streamEventSchemas,
  type NotificationStreamEvent,
} from '@herald/backstage-plugin-notifications-common';
import type { EventSourceMessage } from 'eventsource-parser';

/** What a server that is one version behind does not say of a message. */
const UNSAID = { severity: 'normal', actions: [] } as const;
/** ... and of how its reader has marked it. */
const UNMARKED = { archived: false, saved: false } as const;

const isKnown = (name: string): name is NotificationStreamEvent['type'] =>
  Object.hasOwn(streamEventSchemas, name);

function contentOf(name: string, text: string): unknown {
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content !== 'object') {
      return undefined;
    }
    switch (name) {
      case 'message':
        return { ...UNSAID, ...UNMARKED, ...content };
      case 'correction':
        return { ...UNSAID, ...content };
      default:
        return content;
    }
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
  const content = contentOf(name, data);
  const schema = isMessage
    ? streamEventSchemas[name].loose()
    : streamEventSchemas[name];
  const parsed = schema.safeParse(content);
  return parsed.success
    ? // The schema is the one of the name.
      ({ type: name, data: parsed.data } as NotificationStreamEvent)
    : undefined;
}
