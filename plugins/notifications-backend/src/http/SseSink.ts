import { createSession } from 'better-sse';
import { Request, Response } from 'express';
import { StreamEvent, StreamSink } from '../stream/StreamEvent';
import { toNotification } from './toNotification';

/**
 * Opens a stream of server-sent events on a response. Proxies and the host are told not to buffer, compress or keep it.
 *
 * @returns the sink, and how to keep the connection alive
 */
export async function openSseSink(
  req: Request,
  res: Response,
): Promise<{ sink: StreamSink; ping: () => void }> {
  const session = await createSession(req, res, {
    keepAlive: null,
    serializer: (text: unknown) => String(text),
  });
  return {
    // Without an id, even an empty one: that would make a browser forget where it was.
    ping: () =>
      void session.batch(buffer => {
        buffer.event('ping').data('ping').dispatch();
      }),
    sink: {
      send: event =>
        session.push(JSON.stringify(payload(event)), event.type, event.cursor),
      get pendingBytes() {
        return res.writableLength;
      },
      end: () => res.end(),
    },
  };
}

function payload(event: StreamEvent): object {
  switch (event.type) {
    case 'message':
      return toNotification(event.message);
    case 'read':
      return { messageIds: event.messageIds, read: event.isRead };
    default:
      return {};
  }
}
