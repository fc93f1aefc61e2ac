/**
 * @jest-environment node
 */
import { type StreamTimings } from '@herald/frontend';
import { Watch } from '@herald/web-test-utils';
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

// What every stream does, EventStream.test.ts of @herald/frontend has.
describe('the stream', () => {
  let server: StreamServer;
  let told: StreamedEvent[];
  let states: StreamState[];
  let stream: NotificationStream;
  let watch: Watch;

  const until = (holds: () => boolean) => watch.until(holds);
  const follow = (after?: string) => {
    stream = new NotificationStream({
      discoveryApi: server.discoveryApi,
      fetchApi: { fetch },
      onEvent: event => {
        told.push(event);
        watch.look();
      },
      onState: state => {
        states.push(state);
        watch.look();
      },
      timings: HASTE,
      isOnline: () => true,
    });
    stream.start(after);
  };
  const words = () => told.map(inWords);

  beforeEach(async () => {
    server = await StreamServer.begin();
    told = [];
    states = [];
    watch = new Watch();
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
    server.tellEvent('read', { messageIds: [aNotification(1).id], read: true });
    await until(() => words().includes('read'));
    expect(words()).toEqual(['1', 'ready', '2', 'read']);
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('ignores what it does not know and what is malformed, and goes on behind it', async () => {
    follow();
    await until(() => words().includes('ready'));
    server.tellEvent('party', { at: 'eight' });
    server.tellEvent('message', 'no JSON');
    server.tellEvent('message', { title: 'without anything else' });
    server.tellEvent('read', { messageIds: 'all' });
    server.tellMessage(5);
    await until(() => words().includes('5'));
    expect(words()).toEqual(['ready', '5']);
    server.endStreams();
    await until(() => words().filter(word => word === 'ready').length === 2);
    expect(server.lastIds).toEqual([undefined, '5']);
  });

  it('takes a message with more or fewer fields than it knows', async () => {
    follow();
    const { id, created, readByUser, isSystem, origin } = aNotification(1);
    server.tellEvent('message', {
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
    await until(() => server.lastIds.length === 2);
    server.tellMessage(2);
    await until(() => words().includes('2'));
    expect(words().filter(word => word !== 'ready')).toEqual(['1', '2']);
    expect(states).toEqual(['connecting', 'connected']);
  });

  it('begins after the event that it is given', async () => {
    server.tellMessage(1);
    server.tellMessage(2);
    follow('1');
    await until(() => words().includes('ready'));
    expect(words()).toEqual(['2', 'ready']);
  });

  it('starts over where its cursor is refused, and says so', async () => {
    server.answers.push(response => response.writeHead(400).end());
    follow('7');
    await until(() => words().includes('ready'));
    expect(words()).toEqual(['reset', 'ready']);
    expect(server.lastIds).toEqual(['7', undefined]);
  });
});
