import { createSession } from 'better-sse';
import { Request, Response } from 'express';
import { StreamEvent, StreamSink } from '../stream/StreamEvent';
import { toContent, toNotification } from './toNotification';

/**
 * Opens a stream of server-sent events on a response. Proxies and the host are told not to buffer, compress or keep it.
 *
 * @param patienceMs - how long a reader may take over what is pending before it is dropped
 * @returns the sink, and how to keep the connection alive
 */
export async function openSseSink(
  req: Request,
  res: Response,
  patienceMs: number,
): Promise<{ sink: StreamSink; ping: () => void }> {
  // A connection that breaks is told by `close`; without a listener it would end the process.
  res.on('error', () => {});
  const session = await createSession(req, res, {
    keepAlive: null,
    serializer: (text: unknown) => String(text),
  });
  const isOver = () =>
    res.writableEnded || res.destroyed || !session.isConnected;
  const drop = () => {
    res.destroy();
  };

  const sink: StreamSink = {
    send: event => {
      if (!isOver()) {
        session.push(JSON.stringify(payload(event)), event.type, event.cursor);
      }
    },
    get pendingBytes() {
      return res.writableLength;
    },
    get isOver() {
      return isOver();
    },
    drained: () =>
      new Promise(resolve => {
        if (!res.writableNeedDrain || isOver()) {
          resolve();
          return;
        }
        const timer = setTimeout(drop, patienceMs);
        const settle = () => {
          clearTimeout(timer);
          res.off('drain', settle);
          res.off('close', settle);
          resolve();
        };
        res.on('drain', settle);
        res.on('close', settle);
      }),
    onClose: listener => {
      if (res.closed) {
        listener();
      } else {
        res.once('close', listener);
      }
    },
    end: () => {
      if (!res.writableEnded && !res.destroyed) {
        const timer = setTimeout(drop, patienceMs);
        res.once('close', () => clearTimeout(timer));
        res.end();
      }
    },
    drop,
  };
  return {
    sink,
    ping: () => {
      if (!isOver()) {
        // Without an id, even an empty one: that would make a browser forget where it was.
        session.batch(buffer => {
          buffer.event('ping').data('ping').dispatch();
        });
      }
    },
  };
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
    default:
      return {};
  }
}
