import { POLL_INTERVAL } from '@herald/frontend';
import { aNotification } from '../testing';
import { FakeLive } from './live/FakeLive';
import type { LiveEvent, LiveState } from './live/liveNotificationsApi';
import type { PageEvent, PageLife } from './live/PageLife';
import { LiveUnreadCount } from './LiveUnreadCount';

const refused = (statusCode: number) =>
  Object.assign(new Error('refused'), { statusCode });

class FakePage implements PageLife {
  #isVisible = true;
  readonly #listeners = new Set<() => void>();
  isVisible = () => this.#isVisible;
  on = (event: PageEvent, listener: () => void) => {
    if (event === 'visibility') {
      this.#listeners.add(listener);
    }
    return () => void this.#listeners.delete(listener);
  };
  show(isVisible: boolean) {
    this.#isVisible = isVisible;
    this.#listeners.forEach(listener => listener());
  }
}

describe('the unread count on the stream', () => {
  const countNotifications = jest.fn<Promise<number>, []>();
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const message = (number: number, over = {}) =>
    ({ type: 'message', data: aNotification(number, over) } as const);
  const ready = { type: 'ready', data: {} } as const;
  const messageIds = [aNotification(1).id];
  const read: LiveEvent = { type: 'read', data: { messageIds, read: true } };

  const watch = (live: FakeLive, page = new FakePage(), random = 0.5) => {
    const unread = new LiveUnreadCount({
      api: { countNotifications },
      live,
      page,
      random: () => random,
    });
    const stop = unread.subscribe(() => {});
    return { unread, page, stop, count: () => unread.getSnapshot().count };
  };
  /** One that knows the number: 3. */
  const settled = async (live = new FakeLive()) => {
    const watched = watch(live);
    live.tell(ready);
    await pass(0);
    expect(watched.unread.getSnapshot()).toEqual({ state: 'live', count: 3 });
    countNotifications.mockClear();
    return { ...watched, live };
  };

  beforeEach(() => {
    jest.useFakeTimers();
    countNotifications.mockReset().mockResolvedValue(3);
  });
  afterEach(() => jest.useRealTimers());

  it('asks once when the stream is there, and then no more', async () => {
    const live = new FakeLive('connecting');
    watch(live);
    live.tell(ready);
    live.become('connected');
    await pass(POLL_INTERVAL * 20);
    expect(countNotifications).toHaveBeenCalledTimes(1);
    expect(countNotifications).toHaveBeenCalledWith({
      messageScope: 'all',
      read: false,
    });
  });

  it('does not wait for a stream that takes its time', async () => {
    const { count } = watch(new FakeLive('connecting'));
    await pass(2_000);
    expect(count()).toBe(3);
  });

  it('counts a message at once, and asks a while later whether that is right', async () => {
    const { live, count } = await settled();
    live.tell(message(1));
    live.tell(message(2));
    live.tell(message(2));
    live.tell(message(3, { readByUser: true }));
    expect(count()).toBe(5);
    countNotifications.mockResolvedValue(4);
    await pass(1_900);
    expect(countNotifications).not.toHaveBeenCalled();
    await pass(6_100);
    expect(countNotifications).toHaveBeenCalledTimes(1);
    expect(count()).toBe(4);
  });

  describe('of a message that is sent again by its scope', () => {
    const again = (number: number) =>
      message(number, { updated: '2026-11-22T12:00:00.000Z' });

    it('is the same while it was unread', async () => {
      const { live, count } = await settled();
      live.tell(message(1));
      countNotifications.mockResolvedValue(4);
      // Since it was counted, the server was asked.
      await pass(10_000);
      live.tell(again(1));
      expect(count()).toBe(4);
    });

    it('is one more at once where it had been read', async () => {
      const { live, count } = await settled();
      live.tell(message(1));
      live.tell(read);
      await pass(600);
      expect(count()).toBe(3);
      live.tell(again(1));
      live.tell(again(1));
      expect(count()).toBe(4);
    });

    it('is left to the server where nothing is known of it', async () => {
      const { live, count } = await settled();
      live.tell(again(1));
      expect(count()).toBe(3);
      countNotifications.mockResolvedValue(4);
      await pass(8_000);
      expect(count()).toBe(4);
    });

    it('is left to the server after many marks at once, of which nobody tells each', async () => {
      const { live, count } = await settled();
      live.tell(read);
      live.tell({ type: 'refresh', data: {} });
      await pass(600);
      live.tell(again(1));
      expect(count()).toBe(3);
    });
  });

  it('asks after a correction, which may bring back what had expired', async () => {
    const { live, count } = await settled();
    const correction = message(1);
    live.tell({ type: 'correction', data: correction.data } as LiveEvent);
    countNotifications.mockResolvedValue(4);
    await pass(8_000);
    expect(count()).toBe(4);
  });

  it('asks soon, and once, after many marks', async () => {
    const { live, count } = await settled();
    countNotifications.mockResolvedValue(0);
    live.tell(read);
    live.tell({ type: 'archived', data: { messageIds, archived: true } });
    live.tell({ type: 'refresh', data: {} });
    await pass(600);
    expect(countNotifications).toHaveBeenCalledTimes(1);
    expect(count()).toBe(0);
  });

  it('drops an answer that may not know of what came meanwhile', async () => {
    const { live, unread, count } = await settled();
    let answer: (count: number) => void = () => {};
    countNotifications.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    const refreshed = unread.refresh();
    live.tell(message(4));
    answer(3);
    await refreshed;
    expect(count()).toBe(4);
    countNotifications.mockResolvedValue(4);
    await pass(600);
    expect(count()).toBe(4);
  });

  it('is asked for by one tab for all', async () => {
    const [leader, other] = FakeLive.pair();
    const one = watch(leader);
    // Its time comes first.
    const two = watch(other, new FakePage(), 0);
    leader.tell(ready);
    other.tell(ready);
    await pass(0);
    expect([one.count(), two.count()]).toEqual([3, 3]);
    await pass(20_000);
    countNotifications.mockClear().mockResolvedValue(5);
    leader.tell(message(1));
    other.tell(message(1));
    expect([one.count(), two.count()]).toEqual([4, 4]);
    await pass(20_000);
    expect([one.count(), two.count()]).toEqual([5, 5]);
    expect(countNotifications).toHaveBeenCalledTimes(1);
    await two.unread.refresh();
    expect(countNotifications).toHaveBeenCalledTimes(2);
  });

  it('is left to the tab that leads', async () => {
    const [, other] = FakeLive.pair();
    const { count } = watch(other);
    other.tell(ready);
    await pass(20_000);
    countNotifications.mockClear();
    other.tell(message(1));
    await pass(20_000);
    expect(count()).toBe(4);
    expect(countNotifications).not.toHaveBeenCalled();
  });

  it('is asked for by a tab whose leader does not answer', async () => {
    const [, other] = FakeLive.pair();
    const { count } = watch(other);
    other.tell(ready);
    await pass(1_500);
    expect(count()).toBe(3);
  });

  it('is not asked for while nobody sees any tab, and once somebody does', async () => {
    const { live, page, count } = await settled();
    page.show(false);
    live.isSeen = false;
    live.tell(message(1));
    await pass(60_000);
    expect(count()).toBe(4);
    expect(countNotifications).not.toHaveBeenCalled();
    live.isSeen = true;
    page.show(true);
    await pass(0);
    expect(countNotifications).toHaveBeenCalledTimes(1);
  });

  it.each<LiveState>(['polling', 'offline'])(
    'is asked for every few seconds while the stream is "%s"',
    async state => {
      const { live, count } = await settled();
      live.become(state);
      countNotifications.mockResolvedValue(7);
      await pass(POLL_INTERVAL * 2);
      expect(count()).toBe(7);
      expect(countNotifications.mock.calls.length).toBeGreaterThan(1);
      live.become('connected');
      countNotifications.mockClear();
      await pass(POLL_INTERVAL * 10);
      expect(countNotifications).not.toHaveBeenCalled();
    },
  );

  it('is gone where the person is refused, and nobody asks, until told to', async () => {
    const { live, unread } = await settled();
    live.become('refused');
    await pass(POLL_INTERVAL * 10);
    expect(unread.getSnapshot()).toEqual({
      state: 'refused',
      count: undefined,
    });
    expect(countNotifications).not.toHaveBeenCalled();
    await unread.refresh();
    expect(live.retries).toBe(1);
    expect(unread.getSnapshot().count).toBe(3);
  });

  it('keeps the number while asking fails, and goes on asking', async () => {
    const { live, unread } = await settled();
    countNotifications.mockRejectedValue(refused(503));
    live.tell(read);
    await pass(600);
    expect(unread.getSnapshot()).toEqual({ state: 'failing', count: 3 });
    countNotifications.mockResolvedValue(2);
    await pass(30_000);
    expect(unread.getSnapshot()).toEqual({ state: 'live', count: 2 });
  });

  it('follows nothing once nobody watches', async () => {
    const { live, stop } = await settled();
    stop();
    expect(live.isFollowed).toBe(false);
    await pass(60_000);
    expect(countNotifications).not.toHaveBeenCalled();
  });
});
