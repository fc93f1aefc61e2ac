/**
 * @jest-environment node
 */
import { ADA, connected, knows, LiveTabs } from './__testUtils__/LiveTabs';
import type { CursorMemory } from './CursorMemory';

describe('live notifications', () => {
  let tabs: LiveTabs;

  beforeEach(async () => {
    tabs = await LiveTabs.begin();
  });
  afterEach(() => tabs.end());

  it('share one stream among the tabs, and tell all of them', async () => {
    const [one, two, three] = [tabs.listen(), tabs.listen(), tabs.listen()];
    await tabs.all(connected);
    tabs.server.tellMessage(1);
    await tabs.all(knows('1'));
    expect(tabs.server.lastIds).toHaveLength(1);
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
    tabs.server.tellMessage(1);
    const first = tabs.listen();
    await tabs.all(connected);
    const second = tabs.listen();
    await tabs.all(connected);
    expect([first.words, second.words]).toEqual([['ready'], ['ready']]);
  });

  it('are a stream of their own for another person in the same browser', async () => {
    tabs.listen();
    tabs.listen({ user: () => 'user:default/bob' });
    await tabs.all(connected);
    expect(tabs.server.lastIds).toHaveLength(2);
    expect(tabs.listeners.map(({ live }) => live.isLeader())).toEqual([
      true,
      true,
    ]);
  });

  it('begin anew when somebody else has signed in', async () => {
    let user = ADA;
    const one = tabs.listen({ user: () => user });
    await tabs.all(connected);
    user = 'user:default/bob';
    one.tab.show(true);
    await tabs.until(() => tabs.server.lastIds.length === 2);
    await tabs.all(connected);
    expect(one.words).toEqual(['ready', 'ready']);
    expect(tabs.server.lastIds).toEqual([undefined, undefined]);
  });

  it('wait until somebody is signed in', async () => {
    const one = tabs.listen({
      user: () => {
        throw new Error('nobody');
      },
    });
    await tabs.until(() => one.live.getState() === 'polling');
    expect(tabs.server.lastIds).toHaveLength(0);
  });

  it('ask the server no more where it refuses, in any tab, until one is told to', async () => {
    tabs.server.answers.push(response => response.writeHead(403).end());
    const [, two] = [tabs.listen(), tabs.listen()];
    await tabs.all(({ live }) => live.getState() === 'refused');
    two.tab.happen('online');
    expect(tabs.server.lastIds).toHaveLength(1);
    two.live.retry();
    await tabs.all(connected);
  });

  it('end with the last listener, after a moment', async () => {
    const one = tabs.listen({ timings: { grace: 20 } });
    await tabs.all(connected);
    one.stop();
    const again = one.live.subscribe(() => {});
    expect(tabs.server.streams).toBe(1);
    again();
    await tabs.until(() => tabs.server.streams === 0);
    expect(one.live.getState()).toBe('idle');
    expect(tabs.server.lastIds).toHaveLength(1);
  });

  it('are begun where the browser was when it was closed', async () => {
    const cursors = new Map<string, string>();
    const memory: CursorMemory = {
      recall: name => cursors.get(name),
      keep: (name, cursor) => void cursors.set(name, cursor),
    };
    tabs.server.tellMessage(1);
    const one = tabs.listen({ memory });
    await tabs.all(connected);
    one.crash();
    tabs.listeners = [];
    await tabs.until(() => tabs.server.streams === 0);
    tabs.server.tellMessage(2);
    const two = tabs.listen({ memory });
    await tabs.all(connected);
    expect(tabs.server.lastIds).toEqual([undefined, '1']);
    expect(two.words).toEqual(['ready']);
  });

  it('forget all they knew at a reset', async () => {
    const [one, two] = [tabs.listen(), tabs.listen()];
    await tabs.all(connected);
    tabs.server.tellEvent('reset', {});
    tabs.server.tellMessage(2);
    tabs.server.tellEvent('ready', {});
    await tabs.all(knows('refresh'));
    expect([one.words, two.words]).toEqual([
      ['ready', 'refresh'],
      ['ready', 'refresh'],
    ]);
  });

  it('know whether any tab is seen', async () => {
    const [one, two] = [tabs.listen({ isVisible: false }), tabs.listen()];
    await tabs.all(connected);
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

  it('let tabs talk', async () => {
    const [one, two] = [tabs.listen(), tabs.listen()];
    await tabs.all(connected);
    const heard: unknown[] = [];
    two.live.hear('count', content => void heard.push(content));
    one.live.say('count', { count: 3 });
    one.live.say('weather', 'fine');
    await tabs.until(() => heard.length > 0);
    expect(heard).toEqual([{ count: 3 }]);
  });
});
