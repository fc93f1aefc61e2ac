import { parse, parseQuery } from '@herald/backend-kit';
import {
  notificationsListPermission,
  notificationsOperations,
} from '@herald/backstage-plugin-notifications-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { StreamHub } from '../stream/StreamHub';
import { Gatekeeper } from './Gatekeeper';
import { MessageSink } from './MessageSink';

const { stream } = notificationsOperations;
// The longest that a timer can wait, 24 days; a stream ends by then, and its client comes back.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export type StreamRouterOptions = {
  gatekeeper: Gatekeeper;
  streams: StreamHub;
  pingMs: number;
  /** How long a reader may take over what is pending. */
  patienceMs: number;
};

/** `/notifications/stream`: what is unread, and then what comes. */
export function streamRouter(options: StreamRouterOptions): Router {
  const { gatekeeper, streams, pingMs, patienceMs } = options;
  const router = PromiseRouter();
  const open = new Set<MessageSink>();
  // One clock for all streams.
  setInterval(() => open.forEach(sink => sink.ping()), pingMs).unref();

  // Express would answer this with the stream itself, which never ends.
  router.head(stream.path, async (req, res) => {
    await gatekeeper.user(req, notificationsListPermission);
    res.type('text/event-stream').end();
  });

  router.get(stream.path, async (req, res) => {
    const user = await gatekeeper.user(req, notificationsListPermission);
    const { include_read: includeRead, after } = parseQuery(
      stream.query,
      req.originalUrl,
    );
    const { 'last-event-id': lastEventId } = parse(
      stream.headers,
      req.headers,
      'header',
    );
    await streams.open(
      user,
      // A browser that comes back says where it was; what its URL says is from when it first came.
      { includeRead, after: lastEventId || after },
      async () => {
        const sink = MessageSink.open(res, patienceMs);
        open.add(sink);
        sink.onClose(() => open.delete(sink));
        if (user.expiresAt) {
          const left = Math.max(user.expiresAt.getTime() - Date.now(), 0);
          const expiry = setTimeout(
            () => sink.end(),
            Math.min(left, LONGEST_TIMEOUT_MS),
          );
          sink.onClose(() => clearTimeout(expiry));
        }
        return sink;
      },
    );
  });

  return router;
}
