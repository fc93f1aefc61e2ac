/**
 * @jest-environment node
 */
import fc from 'fast-check';
import { aNotification } from '../../testing';
import { connected, knows, LiveTabs } from './__testUtils__/LiveTabs';
import { FakeBrowser } from './FakeBrowser';
import { SingleTab } from './TabGroup';

describe('live notifications of tabs, of which one leads,', () => {
  let tabs: LiveTabs;

  beforeEach(async () => {
    tabs = await LiveTabs.begin();
  });
  afterEach(() => tabs.end());

  it('go on in the next tab when the one that leads is gone, with nothing lost or repeated', async () => {
    const [one, two, three] = [tabs.listen(), tabs.listen(), tabs.listen()];
    await tabs.all(connected);
    tabs.server.tellMessage(1);
    await tabs.all(knows('1'));
    one.crash();
    tabs.server.tellMessage(2);
    tabs.server.tellMessage(3);
    await tabs.until(() => [two, three].every(knows('3')));
    expect(two.messages).toEqual(['1', '2', '3']);
    expect(three.messages).toEqual(['1', '2', '3']);
    expect(tabs.server.lastIds).toEqual([undefined, '1']);
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
          tabs.browser = new FakeBrowser();
          tabs.listeners = [];
          tabs.server.feed.length = 0;
          tabs.listen();
          tabs.listen();
          await tabs.all(connected);
          tabs.server.cuts.push(...cuts);
          let sent = 0;
          const begun = new Map(tabs.listeners.map(each => [each, 0]));
          for (const step of steps) {
            if (step === 'tell') {
              sent += 1;
              tabs.server.tellMessage(sent);
            } else if (step === 'pass') {
              await new Promise(resolve => {
                setTimeout(resolve, 2);
              });
            } else if (step === 'open') {
              const late = tabs.listen();
              await tabs.until(() => connected(late));
              begun.set(late, late.messages.length);
            } else if (tabs.listeners.length > 1) {
              tabs.listeners.shift()?.crash();
            }
          }
          sent += 1;
          tabs.server.tellMessage(sent);
          await tabs.all(knows(String(sent)));
          for (const { messages, words } of tabs.listeners) {
            const numbers = messages.map(Number);
            // In order and once each, without a gap since it joined; or else it was told to ask again.
            const isWhole = numbers.every(
              (number, index) =>
                index === 0 || number === numbers[index - 1] + 1,
            );
            expect(new Set(numbers).size).toBe(numbers.length);
            expect(isWhole || words.includes('refresh')).toBe(true);
          }
          tabs.listeners.forEach(each => each.stop());
          tabs.server.cuts.length = 0;
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('are led by another tab when the one that leads is put aside, and come back to it', async () => {
    const [one, two] = [tabs.listen(), tabs.listen()];
    await tabs.all(connected);
    one.tab.happen('suspend');
    await tabs.until(() => two.live.isLeader());
    await tabs.until(() => connected(two));
    expect(one.live.isLeader()).toBe(false);
    tabs.server.tellMessage(1);
    await tabs.until(() => knows('1')(two));
    expect(one.messages).toEqual([]);
    one.tab.happen('resume');
    // It has missed something, and says so.
    await tabs.until(() => one.words.at(-1) === 'refresh');
    tabs.server.tellMessage(2);
    await tabs.all(knows('2'));
    expect(tabs.server.lastIds).toHaveLength(2);
  });

  it('are taken over by a tab that is seen, from a leader that gives no answer', async () => {
    const one = tabs.listen();
    await tabs.all(connected);
    const two = tabs.listen({
      timings: { leaderSilence: 20, leaderAnswer: 20 },
    });
    await tabs.until(() => connected(two));
    one.tab.isFrozen = true;
    await tabs.until(() => two.live.isLeader());
    tabs.server.tellMessage(1);
    await tabs.until(() => knows('1')(two));
    expect(two.messages).toEqual(['1']);
  });

  it('leave a leader be that answers, and one that nobody waits for', async () => {
    const one = tabs.listen();
    await tabs.all(connected);
    const hasty = { timings: { leaderSilence: 5, leaderAnswer: 200 } };
    const seen = tabs.listen(hasty);
    const unseen = tabs.listen({
      isVisible: false,
      timings: { leaderSilence: 1, leaderAnswer: 1 },
    });
    await tabs.all(connected);
    await new Promise(resolve => {
      setTimeout(resolve, 60);
    });
    expect([one, seen, unseen].map(({ live }) => live.isLeader())).toEqual([
      true,
      false,
      false,
    ]);
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
      const listener = tabs.listen({
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
      await tabs.until(() => post !== undefined);
      const say = (word: unknown) => post?.(word);
      say({ kind: 'state', state: 'connected', position: '0' });
      await tabs.until(() => listener.words.includes('ready'));
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

  it('are a stream in each tab where locks may not be used, while it is seen', async () => {
    const [one, two] = [
      tabs.listen({ locksFail: true }),
      tabs.listen({ locksFail: true }),
    ];
    await tabs.all(connected);
    expect(tabs.server.lastIds).toHaveLength(2);
    tabs.server.tellMessage(1);
    await tabs.all(knows('1'));
    expect([one.messages, two.messages]).toEqual([['1'], ['1']]);
    two.tab.show(false);
    await tabs.until(() => tabs.server.streams === 1);
    tabs.server.tellMessage(2);
    two.tab.show(true);
    await tabs.all(knows('2'));
    expect(two.messages).toEqual(['1', '2']);
  });

  it('are a stream in each tab where the browser has no locks', async () => {
    tabs.listen({ join: options => new SingleTab(options) });
    tabs.listen({ join: options => new SingleTab(options) });
    await tabs.all(connected);
    expect(tabs.server.lastIds).toHaveLength(2);
  });
});
