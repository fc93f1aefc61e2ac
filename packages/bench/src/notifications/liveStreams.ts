import http from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { openPool, request } from '../harness/portal';
import { LiveStream } from './crowd';

// No module of Backstage comes in here: people who only listen need none, and it would be loaded for every crowd.

export const BARE_STREAM_PATH = '/bare/stream';
const HERALD_STREAM_PATH = '/api/notifications/notifications/stream';
/** What upstream's page asks for when a signal comes, beside its counts and topics. */
const UPSTREAM_REFETCH_PATH =
  '/api/notifications/notifications?limit=5&offset=0&minimumSeverity=low&read=false&orderField=created,desc';
/** Browsers have connections that are open already. */
const REFETCH_CONNECTIONS = 256;
const READY = /^event: ?ready$/m;
const ATTEMPTS = 5;
const CONNECT_TIMEOUT_MS = 15_000;
const KNOCK_TIMEOUT_MS = 500;

/** Server-sent events, up to the one that says that the past has been told. */
function eventStream(
  port: number,
  path: string,
  people: readonly string[],
): LiveStream {
  return (number, onContent, onLoss) =>
    new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        reject(error);
        onLoss(error);
      };
      const call = http.get(
        {
          host: '127.0.0.1',
          port,
          path,
          agent: false,
          headers: { authorization: people[number - 1] },
        },
        response => {
          if (response.statusCode !== 200) {
            fail(new Error(`${path}: status ${response.statusCode}`));
            return;
          }
          let rest = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            const events = (rest + chunk).split('\n\n');
            rest = events.pop() ?? '';
            for (const event of events) {
              if (READY.test(event)) {
                resolve();
              } else {
                onContent(event);
              }
            }
          });
          response.on('close', () => fail(new Error(`${path} has ended`)));
        },
      );
      call.on('error', fail);
    });
}

export const bareStream = (port: number, people: readonly string[]) =>
  eventStream(port, BARE_STREAM_PATH, people);

export const heraldStream = (port: number, people: readonly string[]) =>
  eventStream(port, HERALD_STREAM_PATH, people);

/** A websocket that says that there is something, and then the list, as upstream's page asks for it. */
export function upstreamSignals(
  port: number,
  people: readonly string[],
): LiveStream {
  const pool = openPool(port, REFETCH_CONNECTIONS);
  // The plugin does not answer the very first request, which makes it listen for websockets.
  let hasKnocked = false;
  const connect = async (attempt: number): Promise<WebSocket> => {
    // The tokens of the other users of the test backend cannot stand in this header.
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/signals`, {
      protocols: ['mock-user-token'],
    });
    const opened = new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', event =>
        reject(event.error ?? new Error('The websocket did not open')),
      );
      setTimeout(
        () => reject(new Error('No answer')),
        hasKnocked ? CONNECT_TIMEOUT_MS : KNOCK_TIMEOUT_MS,
      );
      hasKnocked = true;
    });
    try {
      await opened;
      return socket;
    } catch (error) {
      socket.close();
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await delay(100);
      return connect(attempt + 1);
    }
  };
  return async (number, onContent, onLoss) => {
    const socket = await connect(1);
    socket.addEventListener('close', () =>
      onLoss(new Error('A websocket was closed')),
    );
    socket.addEventListener('message', ({ data }) => {
      if (String(data).includes('new_notification')) {
        request(pool, {
          method: 'GET',
          path: UPSTREAM_REFETCH_PATH,
          authorization: people[number - 1],
        }).then(onContent, onLoss);
      }
    });
    socket.send(
      JSON.stringify({ action: 'subscribe', channel: 'notifications' }),
    );
  };
}
