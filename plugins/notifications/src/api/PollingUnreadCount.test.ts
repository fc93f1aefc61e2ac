import { LONGEST_POLL_INTERVAL, POLL_INTERVAL } from '@herald/frontend';
import { PollingUnreadCount } from './PollingUnreadCount';

const refused = (statusCode: number) =>
  Object.assign(new Error('refused'), { statusCode });

class FakeVisibility {
  #hidden = false;
  #listener = () => {};
  isHidden = () => this.#hidden;
  onChange = (listener: () => void) => {
    this.#listener = listener;
  };
  set(hidden: boolean) {
    this.#hidden = hidden;
    this.#listener();
  }
}

describe('PollingUnreadCount', () => {
  const countNotifications = jest.fn<Promise<number>, []>();
  let visibility: FakeVisibility;
  let unread: PollingUnreadCount;

  beforeEach(() => {
    jest.useFakeTimers();
    countNotifications.mockReset().mockResolvedValue(3);
    visibility = new FakeVisibility();
    unread = new PollingUnreadCount({
      api: { countNotifications },
      visibility,
      random: () => 0.5,
    });
  });
  afterEach(() => jest.useRealTimers());

  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('asks for the unread messages of both scopes, and tells who watches', async () => {
    const listener = jest.fn();
    unread.subscribe(listener);
    await pass(0);
    expect(countNotifications).toHaveBeenCalledWith({
      messageScope: 'all',
      read: false,
    });
    expect(unread.getSnapshot()).toEqual({ state: 'live', count: 3 });
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('asks again every five seconds, and tells only of changes', async () => {
    const listener = jest.fn();
    unread.subscribe(listener);
    await pass(0);
    const before = unread.getSnapshot();
    await pass(POLL_INTERVAL);
    expect(countNotifications).toHaveBeenCalledTimes(2);
    expect(unread.getSnapshot()).toBe(before);
    countNotifications.mockResolvedValue(4);
    await pass(POLL_INTERVAL);
    expect(unread.getSnapshot().count).toBe(4);
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('does not ask while nobody watches', async () => {
    await pass(POLL_INTERVAL * 5);
    const stop = unread.subscribe(() => {});
    await pass(0);
    stop();
    await pass(POLL_INTERVAL * 5);
    expect(countNotifications).toHaveBeenCalledTimes(1);
  });

  it('keeps the number and the pace when its only watcher is mounted anew', async () => {
    const stop = unread.subscribe(() => {});
    await pass(0);
    stop();
    unread.subscribe(() => {});
    await pass(POLL_INTERVAL - 1);
    expect(unread.getSnapshot().count).toBe(3);
    expect(countNotifications).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(countNotifications).toHaveBeenCalledTimes(2);
  });

  it('rests while the tab is hidden, and asks at once when it is seen again', async () => {
    unread.subscribe(() => {});
    await pass(0);
    visibility.set(true);
    await pass(POLL_INTERVAL * 10);
    expect(countNotifications).toHaveBeenCalledTimes(1);
    visibility.set(false);
    await pass(0);
    expect(countNotifications).toHaveBeenCalledTimes(2);
  });

  it('keeps the last number and asks less and less often while the server fails', async () => {
    unread.subscribe(() => {});
    await pass(0);
    countNotifications.mockRejectedValue(refused(503));
    await pass(POLL_INTERVAL);
    expect(unread.getSnapshot()).toEqual({ state: 'failing', count: 3 });
    await pass(POLL_INTERVAL * 2 - 1);
    expect(countNotifications).toHaveBeenCalledTimes(2);
    await pass(1);
    expect(countNotifications).toHaveBeenCalledTimes(3);
    countNotifications.mockResolvedValue(5);
    await pass(POLL_INTERVAL * 4);
    expect(unread.getSnapshot()).toEqual({ state: 'live', count: 5 });
    await pass(POLL_INTERVAL);
    expect(countNotifications).toHaveBeenCalledTimes(5);
  });

  it.each([401, 403])('stops at %d, until it is refreshed', async status => {
    countNotifications.mockRejectedValue(refused(status));
    unread.subscribe(() => {});
    await pass(LONGEST_POLL_INTERVAL * 3);
    expect(countNotifications).toHaveBeenCalledTimes(1);
    expect(unread.getSnapshot()).toEqual({
      state: 'refused',
      count: undefined,
    });
    countNotifications.mockResolvedValue(2);
    await unread.refresh();
    expect(unread.getSnapshot()).toEqual({ state: 'live', count: 2 });
    await pass(POLL_INTERVAL);
    expect(countNotifications).toHaveBeenCalledTimes(3);
  });

  it('drops the answer to an earlier question that comes after a later one', async () => {
    let answerFirst: (count: number) => void = () => {};
    countNotifications.mockImplementationOnce(
      () =>
        new Promise(resolve => {
          answerFirst = resolve;
        }),
    );
    const first = unread.refresh();
    countNotifications.mockResolvedValue(1);
    await unread.refresh();
    answerFirst(9);
    await first;
    expect(unread.getSnapshot().count).toBe(1);
  });
});
