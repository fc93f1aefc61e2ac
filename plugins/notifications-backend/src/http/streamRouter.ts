import {
  notificationsListPermission,
  notificationsOperations,
} from '@herald/backstage-plugin-notifications-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { StreamHub } from '../stream/StreamHub';
import { Gatekeeper } from './Gatekeeper';
import { parse, parseQuery } from './parse';
import { openSseSink } from './SseSink';

const { stream } = notificationsOperations;
// The longest that a timer can wait for; it is set anew after that.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export type StreamRouterOptions = {
  gatekeeper: Gatekeeper;
  streams: StreamHub;
  pingMs: number;
};

/** `/notifications/stream`: what is unread, and then what comes. */
export function streamRouter(options: StreamRouterOptions): Router {
  const { gatekeeper, streams, pingMs } = options;
  const router = PromiseRouter();

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
    const timers: NodeJS.Timeout[] = [];
    const close = await streams.open(
      user,
      // A browser that comes back says where it was; what its URL says is from when it first came.
      { includeRead, after: lastEventId || after },
      async () => {
        const { sink, ping } = await openSseSink(req, res);
        timers.push(setInterval(ping, pingMs));
        if (user.expiresAt) {
          const left = user.expiresAt.getTime() - Date.now();
          timers.push(
            setTimeout(
              sink.end,
              Math.min(Math.max(left, 0), LONGEST_TIMEOUT_MS),
            ),
          );
        }
        return sink;
      },
    );
    res.on('close', () => {
      timers.forEach(clearTimeout);
      close();
    });
    if (res.closed) {
      timers.forEach(clearTimeout);
      close();
    }
  });

  return router;
}
