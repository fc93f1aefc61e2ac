/**
 * @jest-environment node
 */
import { type StreamTimings } from '@herald/frontend';
import fc from 'fast-check';
import { aNotification } from '../../testing';
import {
  NotificationStream,
  type StreamedEvent,
  type StreamState,
} from './NotificationStream';
import { StreamServer } from './__testUtils__/StreamServer';

const HASTE: StreamTimings = {
  silence: 5_000,
  firstByte: 5_000,
  heldBackRetry: 1,
  shortestRetry: 1,
  longestRetry: 2,
  comeBack: 1,
  stable: 0,
};

/** In words: messages by their number, all else by its type. */
function inWords({ event }: StreamedEvent): string {
  return event.type === 'message'
    ? event.data.title.replace('Message ', '')
    : event.type;
}

describe('the stream', () => {
  let server: StreamServer;
  let told: StreamedEvent[];
  let states: StreamState[];
  let stream: NotificationStream;
  let checks: Set<() => void>;

  const changed = () => checks.forEach(check => check());
  const until = (holds: () => boolean) =>
    new Promise<void>(resolve => {
      const check = () => {
        if (holds()) {
          checks.delete(check);
          resolve();
        }
      };
      checks.add(check);
      check();
    });
  const follow = (timings: Partial<StreamTimings> = {}, after?: string) => {
    stream = new NotificationStream({
      discoveryApi: server.discoveryApi,
      fetchApi: { fetch },
      onEvent: event => {
        told.push(event);
        changed();
      },
      onState: state => {
        states.push(state);
        changed();
      },
      timings: { ...HASTE, ...timings },
      isOnline: () => true,
    });
    stream.start(after);
  };
  const words = () => told.map(inWords);

  beforeEach(async () => {
    server = await StreamServer.start();
    told = [];
    states = [];
    checks = new Set();
  });
  afterEach(async () => {
    stream.stop();
    await server.stop();
  });

  it('tells the backlog, and then what comes', async () => {
    server.tellMessage(1);
    follow();
    await until(() => words().includes('ready'));
    server.tellMessage(2);
    server.tell('read', { messageIds: [aNotification(1).id], read: true });
    await until(() => words().includes('read'));
    expect(words()).toEqual(['1', 'ready', '2', 'read']);
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('ignores what it does not know and what is malformed, and goes on behind it', async () => {
    follow();
    await until(() => words().includes('ready'));
    server.tell('party', { at: 'eight' });
    server.tell('message', 'no JSON');
    server.tell('message', { title: 'without anything else' });
    server.tell('read', { messageIds: 'all' });
    server.tellMessage(5);
    await until(() => words().includes('5'));
    expect(words()).toEqual(['ready', '5']);
    server.endStreams();
    await until(() => words().filter(word => word === 'ready').length === 2);
    expect(server.cursors).toEqual([null, '5']);
  });

  it('takes a message with more or fewer fields than it knows', async () => {
    follow();
    const { id, created, readByUser, isSystem, origin } = aNotification(1);
    server.tell('message', {
      ...{ id, created, readByUser, isSystem, origin },
      title: 'Message 1',
      mood: 'bright',
    });
    await until(() => words().includes('1'));
    expect(told.find(({ event }) => event.type === 'message')?.event.data)
      // What comes with a newer server is handed on.
      .toMatchObject({ actions: [], severity: 'normal', mood: 'bright' });
  });

  it('goes on from the last event when the server ends it, and stays connected', async () => {
    follow();
    server.tellMessage(1);
    await until(() => words().includes('1'));
    server.endStreams();
    await until(() => server.requests.length === 2);
    server.tellMessage(2);
    await until(() => words().includes('2'));
    expect(words().filter(word => word !== 'ready')).toEqual(['1', '2']);
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('loses and repeats nothing, wherever it is cut off', async () => {
    stream = new NotificationStream({
      discoveryApi: server.discoveryApi,
      fetchApi: { fetch },
      onEvent: () => {},
      onState: () => {},
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 3 }),
        async (cuts, sent, before) => {
          stream.stop();
          told = [];
          checks.clear();
          server.feed.length = 0;
          server.cuts.splice(0, Infinity, ...cuts);
          const numbers = Array.from({ length: sent }, (_, i) => i + 1);
          numbers.slice(0, before).forEach(n => server.tellMessage(n));
          follow();
          numbers.slice(before).forEach(n => server.tellMessage(n));
          await until(() => words().includes(String(sent)));
          expect(words().filter(word => word !== 'ready')).toEqual(
            numbers.map(String),
          );
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('begins after the event that it is given', async () => {
    server.tellMessage(1);
    server.tellMessage(2);
    follow({}, '1');
    await until(() => words().includes('ready'));
    expect(words()).toEqual(['2', 'ready']);
  });

  it('starts over where its cursor is refused, and says so', async () => {
    server.answers.push(response => response.writeHead(400).end());
    follow({}, '7');
    await until(() => words().includes('ready'));
    expect(words()).toEqual(['reset', 'ready']);
    expect(server.cursors).toEqual(['7', null]);
  });

  it.each([401, 403, 404])(
    'asks no more after %d, until it is told to',
    async status => {
      server.answers.push(response => response.writeHead(status).end());
      follow();
      await until(() => states.includes('refused'));
      expect(server.requests).toHaveLength(1);
      stream.retry();
      await until(() => words().includes('ready'));
      expect(states).toEqual(['connecting', 'refused', 'connected']);
    },
  );

  it('waits as long as a busy server says', async () => {
    server.answers.push(response =>
      response.writeHead(429, { 'Retry-After': '1' }).end(),
    );
    const since = Date.now();
    follow();
    await until(() => words().includes('ready'));
    expect(Date.now() - since).toBeGreaterThan(990);
    expect(states).toEqual(['connecting', 'polling', 'connected']);
  });

  it.each([
    ['an error', 503, 'application/json'],
    ['the page of a proxy', 200, 'text/html'],
  ])('polls while it gets %s, and comes back', async (_, status, type) => {
    server.answers.push(response =>
      response.writeHead(status, { 'Content-Type': type }).end('{}'),
    );
    follow();
    await until(() => words().includes('ready'));
    expect(states).toEqual(['connecting', 'polling', 'connected']);
  });

  it('leaves a connection on which not even a ping comes, and goes on from there', async () => {
    follow({ silence: 30 });
    server.tellMessage(1);
    await until(() => server.requests.length === 2);
    server.tellMessage(2);
    await until(() => words().includes('2'));
    expect(words().filter(word => word !== 'ready')).toEqual(['1', '2']);
    expect(server.cursors).toEqual([null, '1']);
  });

  it('polls where a proxy lets nothing through, and tries again much later', async () => {
    server.answers.push(response => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.flushHeaders();
    });
    // Long enough for the headers to come, however busy the machine is: without them it would be a failure.
    follow({ firstByte: 600, heldBackRetry: 1_000 });
    await until(() => states.includes('polling'));
    const since = Date.now();
    await until(() => words().includes('ready'));
    // Within a fifth to either side, and not after the millisecond that a failure costs here.
    expect(Date.now() - since).toBeGreaterThan(700);
    expect(states).toEqual(['connecting', 'polling', 'connected']);
  });

  it('polls where a proxy lets through the beginning only', async () => {
    follow({ silence: 20, heldBackRetry: 60_000 });
    await until(() => states.includes('polling'));
    expect(server.requests).toHaveLength(2);
  });

  it('tells nothing once it is stopped', async () => {
    follow();
    await until(() => words().includes('ready'));
    stream.stop();
    server.tellMessage(1);
    await until(() => {
      setTimeout(changed, 5);
      return server.streams === 0;
    });
    expect(words()).toEqual(['ready']);
  });
});
