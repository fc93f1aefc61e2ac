import { SseSink, beginStream, formatEvent } from '@herald/backend-kit';
import { Response } from 'express';
import { StreamEvent, StreamSink } from '../stream/StreamEvent';
import { toContent, toNotification } from './toNotification';

/** One event goes to many streams; it is written once. Gone with the event. */
const written = new WeakMap<StreamEvent, string>();

/** A reader's stream over HTTP. */
export class MessageSink extends SseSink implements StreamSink {
  /** @param patienceMs - how long a reader may take over what is pending before it is dropped */
  static open(res: Response, patienceMs: number): MessageSink {
    beginStream(res);
    return new MessageSink(res, patienceMs);
  }

  send(event: StreamEvent): void {
    if (!this.isOver) {
      this.write(textOf(event));
    }
  }
}

function textOf(event: StreamEvent): string {
  let text = written.get(event);
  if (text === undefined) {
    text = formatEvent({
      type: event.type,
      payload: payload(event),
      id: event.cursor,
    });
    written.set(event, text);
  }
  return text;
}

function payload(event: StreamEvent): object {
  switch (event.type) {
    case 'message':
      return toNotification(event.message);
    case 'correction':
      return toContent(event.message);
    case 'withdrawal':
      return { messageIds: event.messageIds };
    case 'read':
    case 'archived':
    case 'saved':
      return { messageIds: event.messageIds, [event.type]: event.value };
    case 'refresh':
      return event.isForAll ? { everyone: true } : {};
    case 'ready':
      return event.hasOlder ? { older: true } : {};
    default:
      return {};
  }
}
