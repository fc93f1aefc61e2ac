/**
 * @jest-environment node
 */
import fc from 'fast-check';
import { aNotification } from '../../testing';
import { StreamServer } from '../stream/__testUtils__/StreamServer';
import type { CursorMemory } from './CursorMemory';
import { FakeBrowser, FakeTab } from './FakeBrowser';
import { LiveNotifications, type LiveTimings } from './LiveNotifications';
import { SingleTab } from './TabGroup';
import type { LiveEvent, LiveState } from './liveNotificationsApi';

const ADA = 'user:default/ada';

function inWords(event: LiveEvent): string {
  return event.type === 'message'
    ? event.data.title.replace('Message ', '')
    : event.type;
}

/** A tab with somebody who listens. */
class Listener {
  readonly told: LiveEvent[] = [];
  readonly states: LiveState[] = [];
  readonly live: LiveNotifications;
  readonly stop: () => void;

  constructor(
    readonly tab: FakeTab,
    server: StreamServer,
    options: {
      user?: () => string;
      timings?: Partial<LiveTimings>;
      memory?: CursorMemory;
      join?: FakeTab['join'];
      changed: () => void;
    },
  ) {
    const { user = () => ADA, timings, memory, join, changed } = options;
    this.live = new LiveNotifications({
      discoveryApi: server.discoveryApi,
      fetchApi: {
        // What a tab that has crashed gets, it does not get.
        fetch: (input, init) => fetch(input, init),
      },
      identityApi: {
        getBackstageIdentity: async () => ({ userEntityRef: user() }),
      },
      page: tab.page,
      join: join ?? tab.join,
      memory: memory ?? { recall: () => undefined, keep: () => {} },
      timings: { grace: 0, ...timings },
      stream: {
        isOnline: () => true,
        timings: {
          shortestRetry: 1,
          longestRetry: 2,
          comeBack: 1,
          stable: 0,
        },
      },
    });
    const stopFollowing = this.live.follow(event => {
      if (tab.isAlive) {
        this.told.push(event);
        changed();
      }
    });
    const stopWatching = this.live.subscribe(() => {
      this.states.push(this.live.getState());
      changed();
    });
    this.stop = () => {
      stopFollowing();
      stopWatching();
    };
  }

  get words() {
    return this.told.map(inWords);
  }

  get messages() {
    return this.told.flatMap(event =>
      event.type === 'message' ? [inWords(event)] : [],
    );
  }

  /** The tab is gone, and its connections with it. */
  crash() {
    this.tab.crash();
    this.stop();
  }
}

describe('live notifications', () => {
  let server: StreamServer;
  let browser: FakeBrowser;
  let listeners: Listener[];
  let checks: Set<() => void>;

  const changed = () => [...checks].forEach(check => check());
  const until = (holds: () => boolean) =>
    new Promise<void>(resolve => {
      const timer = setInterval(changed, 5);
      const check = () => {
        if (holds()) {
          clearInterval(timer);
          checks.delete(check);
          resolve();
        }
      };
      checks.add(check);
      check();
    });
  const listen = (
    options: Partial<ConstructorParameters<typeof Listener>[2]> & {
      isVisible?: boolean;
      locksFail?: boolean;
    } = {},
  ) => {
    const listener = new Listener(browser.open(options), server, {
      ...options,
      changed,
    });
    listeners.push(listener);
    return listener;
  };
  const connected = ({ live }: Listener) => live.getState() === 'connected';
  const knows = (title: string) => (listener: Listener) =>
    listener.words.includes(title);
  const all = (holds: (listener: Listener) => boolean) =>
    until(() => listeners.every(holds));

  beforeEach(async () => {
    server = await StreamServer.begin();
    browser = new FakeBrowser();
    listeners = [];
    checks = new Set();
  });
  afterEach(async () => {
    listeners.forEach(listener => listener.stop());
    await server.stop();
  });

  it('share one stream among the tabs, and tell all of them', async () => {
    const [one, two, three] = [listen(), listen(), listen()];
    await all(connected);
    server.tellMessage(1);
    await all(knows('1'));
    expect(server.lastIds).toHaveLength(1);
    expect([one, two, three].map(({ messages }) => messages)).toEqual([
      ['1'],
      ['1'],
      ['1'],
    ]);
    expect([one, two, three].map(({ live }) => live.isLeader())).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('say that what was asked for before may be out of date, and not the backlog', async () => {
    server.tellMessage(1);
    const first = listen();
    await all(connected);
    const second = listen();
    await all(connected);
    expect([first.words, second.words]).toEqual([['ready'], ['ready']]);
  });

  it('go on in the next tab when the one that leads is gone, with nothing lost or repeated', async () => {
    const [one, two, three] = [listen(), listen(), listen()];
    await all(connected);
    server.tellMessage(1);
    await all(knows('1'));
    one.crash();
    server.tellMessage(2);
    server.tellMessage(3);
    await until(() => [two, three].every(knows('3')));
    expect(two.messages).toEqual(['1', '2', '3']);
    expect(three.messages).toEqual(['1', '2', '3']);
    expect(server.lastIds).toEqual([undefined, '1']);
    expect(two.states).toEqual(['connected']);
  });

  it('lose and repeat nothing, whoever crashes when, and wherever the connection is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            { weight: 3, arbitrary: fc.constant('tell' as const) },
            fc.constant('crash' as const),
            fc.constant('open' as const),
            fc.constant('pass' as const),
          ),
          { minLength: 5, maxLength: 25 },
        ),
        fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 5 }),
        async (steps, cuts) => {
          browser = new FakeBrowser();
          listeners = [];
          server.feed.length = 0;
          listen();
          listen();
          await all(connected);
          server.cuts.push(...cuts);
          let sent = 0;
          const begun = new Map(listeners.map(each => [each, 0]));
          for (const step of steps) {
            if (step === 'tell') {
              sent += 1;
              server.tellMessage(sent);
            } else if (step === 'pass') {
              await new Promise(resolve => {
                setTimeout(resolve, 2);
              });
            } else if (step === 'open') {
              const late = listen();
              await until(() => connected(late));
              begun.set(late, late.messages.length);
            } else if (listeners.length > 1) {
              listeners.shift()?.crash();
            }
          }
          sent += 1;
          server.tellMessage(sent);
          await all(knows(String(sent)));
          for (const { messages, words } of listeners) {
            const numbers = messages.map(Number);
            // In order and once each, without a gap since it joined; or else it was told to ask again.
            const isWhole = numbers.every(
              (number, index) =>
                index === 0 || number === numbers[index - 1] + 1,
            );
            expect(new Set(numbers).size).toBe(numbers.length);
            expect(isWhole || words.includes('refresh')).toBe(true);
          }
          listeners.forEach(each => each.stop());
          server.cuts.length = 0;
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('are led by another tab when the one that leads is put aside, and come back to it', async () => {
    const [one, two] = [listen(), listen()];
    await all(connected);
    one.tab.happen('suspend');
    await until(() => two.live.isLeader());
    await until(() => connected(two));
    expect(one.live.isLeader()).toBe(false);
    server.tellMessage(1);
    await until(() => knows('1')(two));
    expect(one.messages).toEqual([]);
    one.tab.happen('resume');
    // It has missed something, and says so.
    await until(() => one.words.at(-1) === 'refresh');
    server.tellMessage(2);
    await all(knows('2'));
    expect(server.lastIds).toHaveLength(2);
  });

  it('are taken over by a tab that is seen, from a leader that gives no answer', async () => {
    const one = listen();
    await all(connected);
    const two = listen({ timings: { leaderSilence: 20, leaderAnswer: 20 } });
    await until(() => connected(two));
    one.tab.isFrozen = true;
    await until(() => two.live.isLeader());
    server.tellMessage(1);
    await until(() => knows('1')(two));
    expect(two.messages).toEqual(['1']);
  });

  it('leave a leader be that answers, and one that nobody waits for', async () => {
    const one = listen();
    await all(connected);
    const hasty = { timings: { leaderSilence: 5, leaderAnswer: 200 } };
    const seen = listen(hasty);
    const unseen = listen({
      isVisible: false,
      timings: { leaderSilence: 1, leaderAnswer: 1 },
    });
    await all(connected);
    await new Promise(resolve => {
      setTimeout(resolve, 60);
    });
    expect([one, seen, unseen].map(({ live }) => live.isLeader())).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('are a stream of their own for another person in the same browser', async () => {
    listen();
    listen({ user: () => 'user:default/bob' });
    await all(connected);
    expect(server.lastIds).toHaveLength(2);
    expect(listeners.map(({ live }) => live.isLeader())).toEqual([true, true]);
  });

  it('begin anew when somebody else has signed in', async () => {
    let user = ADA;
    const one = listen({ user: () => user });
    await all(connected);
    user = 'user:default/bob';
    one.tab.show(true);
    await until(() => server.lastIds.length === 2);
    await all(connected);
    expect(one.words).toEqual(['ready', 'ready']);
    expect(server.lastIds).toEqual([undefined, undefined]);
  });

  it('wait until somebody is signed in', async () => {
    const one = listen({
      user: () => {
        throw new Error('nobody');
      },
    });
    await until(() => one.live.getState() === 'polling');
    expect(server.lastIds).toHaveLength(0);
  });

  it('ask the server no more where it refuses, in any tab, until one is told to', async () => {
    server.answers.push(response => response.writeHead(403).end());
    const [, two] = [listen(), listen()];
    await all(({ live }) => live.getState() === 'refused');
    two.tab.happen('online');
    expect(server.lastIds).toHaveLength(1);
    two.live.retry();
    await all(connected);
  });

  it('end with the last listener, after a moment', async () => {
    const one = listen({ timings: { grace: 20 } });
    await all(connected);
    one.stop();
    const again = one.live.subscribe(() => {});
    expect(server.streams).toBe(1);
    again();
    await until(() => server.streams === 0);
    expect(one.live.getState()).toBe('idle');
    expect(server.lastIds).toHaveLength(1);
  });

  it('are begun where the browser was when it was closed', async () => {
    const cursors = new Map<string, string>();
    const memory: CursorMemory = {
      recall: name => cursors.get(name),
      keep: (name, cursor) => void cursors.set(name, cursor),
    };
    server.tellMessage(1);
    const one = listen({ memory });
    await all(connected);
    one.crash();
    listeners = [];
    await until(() => server.streams === 0);
    server.tellMessage(2);
    const two = listen({ memory });
    await all(connected);
    expect(server.lastIds).toEqual([undefined, '1']);
    expect(two.words).toEqual(['ready']);
  });

  it('forget all they knew at a reset', async () => {
    const [one, two] = [listen(), listen()];
    await all(connected);
    server.tellEvent('reset', {});
    server.tellMessage(2);
    server.tellEvent('ready', {});
    await all(knows('refresh'));
    expect([one.words, two.words]).toEqual([
      ['ready', 'refresh'],
      ['ready', 'refresh'],
    ]);
  });

  it('know whether any tab is seen', async () => {
    const [one, two] = [listen({ isVisible: false }), listen()];
    await all(connected);
    expect(await one.live.isAnyTabVisible()).toBe(true);
    two.tab.show(false);
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
    expect(await one.live.isAnyTabVisible()).toBe(false);
    two.tab.show(true);
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
    two.tab.crash();
    expect(await one.live.isAnyTabVisible()).toBe(false);
  });

  describe('in a tab that follows', () => {
    const messageAt = (number: number, after: number) => ({
      kind: 'told',
      event: { type: 'message', data: aNotification(number) },
      id: String(number),
      after: String(after),
      isAnew: false,
    });
    /** A tab that is told what the test says the leader has said. */
    const follower = async () => {
      let post: ((word: unknown) => void) | undefined;
      const listener = listen({
        join: ({ onPost }) => {
          post = onPost;
          return {
            isLeader: false,
            post: () => {},
            isAnyVisible: async () => true,
            takeOver: () => {},
            leave: () => {},
          };
        },
      });
      await until(() => post !== undefined);
      const say = (word: unknown) => post?.(word);
      say({ kind: 'state', state: 'connected', position: '0' });
      await until(() => listener.words.includes('ready'));
      return { listener, post: say };
    };

    it('what two leaders tell is told once', async () => {
      const { listener, post } = await follower();
      post(messageAt(1, 0));
      post(messageAt(2, 1));
      post(messageAt(1, 0));
      post(messageAt(2, 1));
      post(messageAt(3, 2));
      expect(listener.words).toEqual(['ready', '1', '2', '3']);
    });

    it('what was missed between two leaders is made good by asking again', async () => {
      const { listener, post } = await follower();
      post(messageAt(1, 0));
      post(messageAt(3, 2));
      expect(listener.words).toEqual(['ready', '1', 'refresh', '3']);
    });
  });

  it('let tabs talk', async () => {
    const [one, two] = [listen(), listen()];
    await all(connected);
    const heard: unknown[] = [];
    two.live.hear('count', content => void heard.push(content));
    one.live.say('count', { count: 3 });
    one.live.say('weather', 'fine');
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ count: 3 }]);
  });

  it('are a stream in each tab where locks may not be used, while it is seen', async () => {
    const [one, two] = [
      listen({ locksFail: true }),
      listen({ locksFail: true }),
    ];
    await all(connected);
    expect(server.lastIds).toHaveLength(2);
    server.tellMessage(1);
    await all(knows('1'));
    expect([one.messages, two.messages]).toEqual([['1'], ['1']]);
    two.tab.show(false);
    await until(() => server.streams === 1);
    server.tellMessage(2);
    two.tab.show(true);
    await all(knows('2'));
    expect(two.messages).toEqual(['1', '2']);
  });

  it('are a stream in each tab where the browser has no locks', async () => {
    listen({ join: options => new SingleTab(options) });
    listen({ join: options => new SingleTab(options) });
    await all(connected);
    expect(server.lastIds).toHaveLength(2);
  });
});
