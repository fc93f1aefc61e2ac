/**
 * @jest-environment node
 */
import { EventServer, Watch } from '@herald/web-test-utils';
import fc from 'fast-check';
import {
  EventStream,
  type EventStreamOptions,
  type EventStreamState,
} from './EventStream';
import type { StreamTimings } from './streamTimings';

const HASTE: StreamTimings = {
  silence: 5_000,
  firstByte: 5_000,
  heldBackRetry: 1,
  shortestRetry: 1,
  longestRetry: 2,
  comeBack: 1,
  stable: 0,
};

describe('a stream of events', () => {
  let server: EventServer;
  let told: string[];
  let states: EventStreamState[];
  let stream: EventStream<string>;
  let watch: Watch;

  const until = (holds: () => boolean) => watch.until(holds);
  // More bytes than characters, so that a cut falls within one, too.
  const tell = (word: string) => server.tell({ data: `${word} ✓` });
  const follow = (
    timings: Partial<StreamTimings> = {},
    after?: string,
    options: Partial<EventStreamOptions<string>> = {},
  ) => {
    stream = new EventStream({
      open: (lastEventId, signal) =>
        fetch(server.url, {
          signal,
          headers: lastEventId ? { 'Last-Event-ID': lastEventId } : {},
        }),
      read: ({ event, data }) =>
        event === undefined && !data.startsWith('?')
          ? data.replace(' ✓', '')
          : undefined,
      isLast: word => word === 'end',
      onEvent: word => {
        told.push(word);
        watch.look();
      },
      onState: state => {
        states.push(state);
        watch.look();
      },
      timings: { ...HASTE, ...timings },
      isOnline: () => true,
      ...options,
    });
    stream.start(after);
  };

  beforeEach(async () => {
    server = await new EventServer().start();
    told = [];
    states = [];
    watch = new Watch();
  });
  afterEach(async () => {
    stream.stop();
    await server.stop();
  });

  it('tells what was and what comes, to the end, and asks no more', async () => {
    tell('a');
    follow();
    await until(() => told.includes('a'));
    tell('b');
    tell('?');
    tell('end');
    await until(() => states.includes('ended'));
    expect(told).toEqual(['a', 'b', 'end']);
    expect(states).toEqual(['connecting', 'connected', 'ended']);
    expect(server.lastIds).toEqual([undefined]);
  });

  it('begins after the event that it is given', async () => {
    tell('a');
    tell('b');
    follow({}, '1');
    await until(() => told.length > 0);
    expect(told).toEqual(['b']);
  });

  it('goes on from the last event when the server ends it, and stays connected', async () => {
    follow();
    tell('a');
    await until(() => told.includes('a'));
    server.endStreams();
    tell('b');
    await until(() => told.includes('b'));
    expect(told).toEqual(['a', 'b']);
    expect(server.lastIds).toEqual([undefined, '1']);
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('loses and repeats nothing, wherever it is cut off', async () => {
    follow();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 0, max: 3 }),
        async (cuts, count, before) => {
          stream.stop();
          told = [];
          states = [];
          watch = new Watch();
          server.feed.length = 0;
          server.cuts.splice(0, Infinity, ...cuts);
          const words = Array.from({ length: count }, (_, i) => `word ${i}`);
          words.slice(0, before).forEach(word => tell(word));
          follow();
          words.slice(before).forEach(word => tell(word));
          tell('end');
          await until(() => states.includes('ended'));
          expect(told).toEqual([...words, 'end']);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('is connected once the past has been told, where something says so', async () => {
    const statesAtWord: Record<string, EventStreamState[]> = {};
    tell('past');
    tell('ready');
    follow({}, undefined, {
      isReady: word => word === 'ready',
      onEvent: word => {
        told.push(word);
        statesAtWord[word] = [...states];
        watch.look();
      },
    });
    await until(() => states.includes('connected'));
    tell('now');
    await until(() => told.includes('now'));
    expect(statesAtWord).toEqual({
      past: ['connecting'],
      ready: ['connecting'],
      now: ['connecting', 'connected'],
    });
  });

  it('begins anew where its id is refused, and says so once', async () => {
    const refuse = () =>
      server.answers.push(response => response.writeHead(400).end());
    refuse();
    refuse();
    tell('a');
    follow({}, '7', {
      onReset: () => {
        told.push('reset');
      },
    });
    await until(() => told.includes('a'));
    expect(told).toEqual(['reset', 'a']);
    expect(server.lastIds).toEqual(['7', undefined, undefined]);
  });

  it.each([401, 403, 404])(
    'asks no more after %d, until it is told to',
    async status => {
      server.answers.push(response => response.writeHead(status).end());
      tell('a');
      follow();
      await until(() => states.includes('refused'));
      expect(server.lastIds).toHaveLength(1);
      stream.retry();
      await until(() => told.includes('a'));
      expect(states).toEqual(['connecting', 'refused', 'connected']);
    },
  );

  it('takes a refusal that is thrown for one that is answered', async () => {
    stream = new EventStream<string>({
      open: async () => {
        throw Object.assign(new Error('no'), { statusCode: 403 });
      },
      read: () => undefined,
      isLast: () => false,
      onEvent: () => {},
      onState: state => {
        states.push(state);
        watch.look();
      },
    });
    stream.start();
    await until(() => states.includes('refused'));
    expect(states).toEqual(['connecting', 'refused']);
  });

  it('waits as long as a busy server says', async () => {
    server.answers.push(response =>
      response.writeHead(429, { 'Retry-After': '1' }).end(),
    );
    tell('a');
    const since = Date.now();
    follow();
    await until(() => told.includes('a'));
    expect(Date.now() - since).toBeGreaterThan(990);
    expect(states).toEqual(['connecting', 'polling', 'connected']);
  });

  it.each([
    ['an error', 503, 'application/json'],
    ['the page of a proxy', 200, 'text/html'],
  ])(
    'says to poll while it gets %s, and comes back',
    async (_, status, type) => {
      server.answers.push(response =>
        response.writeHead(status, { 'Content-Type': type }).end('{}'),
      );
      tell('a');
      follow();
      await until(() => told.includes('a'));
      expect(states).toEqual(['connecting', 'polling', 'connected']);
    },
  );

  it('leaves a connection on which not even a ping comes, and goes on from there', async () => {
    follow({ silence: 30 });
    tell('a');
    await until(() => told.includes('a'));
    tell('b');
    await until(() => told.includes('b'));
    expect(told).toEqual(['a', 'b']);
  });

  it('says to poll where a proxy lets nothing through, and tries again much later', async () => {
    server.answers.push(response => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.flushHeaders();
    });
    tell('a');
    // Long enough for the headers to come, however busy the machine is: without them it would be a failure.
    follow({ firstByte: 600, heldBackRetry: 1_000 });
    await until(() => states.includes('polling'));
    const since = Date.now();
    await until(() => told.includes('a'));
    // Within a fifth to either side, and not after the millisecond that a failure costs here.
    expect(Date.now() - since).toBeGreaterThan(700);
    expect(states).toEqual(['connecting', 'polling', 'connected']);
  });

  it('says to poll where a proxy lets through the beginning only', async () => {
    await server.stop();
    server = await new EventServer({ data: 'hello' }).start();
    follow({ silence: 20, heldBackRetry: 60_000 });
    await until(() => states.includes('polling'));
    expect(server.lastIds).toHaveLength(2);
  });

  it('tells nothing once it is stopped', async () => {
    follow();
    tell('a');
    await until(() => told.includes('a'));
    stream.stop();
    tell('b');
    tell('end');
    await server.stop();
    expect(told).toEqual(['a']);
    server = await new EventServer().start();
  });
});
