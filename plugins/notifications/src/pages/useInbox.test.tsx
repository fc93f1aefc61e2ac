import { renderInTestApp } from '@backstage/frontend-test-utils';
import { POLL_INTERVAL, QueryRoot } from '@herald/frontend';
import { act, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { FakeLive } from '../api/live/FakeLive';
import {
  liveNotificationsApiRef,
  type LiveEvent,
  type LiveState,
} from '../api/live/liveNotificationsApi';
import { notificationsApiRef } from '../api/notificationsApi';
import { aNotification, InMemoryNotifications } from '../testing';
import { defaultView, type InboxView } from './inboxView';
import { useInbox } from './useInbox';

jest.setTimeout(30_000);

/** The rows in words: `*` for what is unread. */
function Rows(props: {
  view: InboxView;
  mayShift: () => boolean;
  isPaused: boolean;
}) {
  const inbox = useInbox(props);
  return (
    <>
      <output data-testid="rows">
        {inbox.items
          .map(
            ({ title, readByUser }) =>
              `${title.replace('Message ', '')}${readByUser ? '' : '*'}`,
          )
          .join(' ')}
      </output>
      <output data-testid="waiting">{inbox.waiting?.count ?? 0}</output>
      <output data-testid="arrived">{inbox.arrived.count}</output>
      <button onClick={inbox.showWaiting}>show</button>
      <button onClick={inbox.loadMore}>more</button>
    </>
  );
}

describe('the inbox on the stream', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 50) {
      await act(() => jest.advanceTimersByTimeAsync(50));
    }
  };
  const textOf = (id: string) => screen.getByTestId(id).textContent;

  async function open(
    messages: number,
    options: {
      view?: Partial<InboxView>;
      state?: LiveState;
      over?: (number: number) => object;
    } = {},
  ) {
    const over = options.over ?? (() => ({}));
    const api = new InMemoryNotifications(
      Array.from({ length: messages }, (_, index) =>
        aNotification(index + 1, over(index + 1)),
      ),
    );
    const live = new FakeLive(options.state);
    const view = { ...defaultView, ...options.view };
    let shifts = true;
    let setPaused = (_: boolean) => {};
    const Page = () => {
      const [isPaused, set] = useState(false);
      setPaused = set;
      return <Rows view={view} mayShift={() => shifts} isPaused={isPaused} />;
    };
    renderInTestApp(
      <QueryRoot>
        <Page />
      </QueryRoot>,
      {
        apis: [
          [notificationsApiRef, api],
          [liveNotificationsApiRef, live],
        ],
      },
    );
    for (let step = 0; step < 100 && !screen.queryByTestId('rows'); step += 1) {
      await pass(50);
    }
    await pass(100);
    const tell = async (...events: LiveEvent[]) => {
      await act(async () => events.forEach(event => live.tell(event)));
    };
    const comes = (number: number, change = {}) =>
      tell({ type: 'message', data: aNotification(number, change) });
    return {
      api,
      live,
      tell,
      comes,
      hold: () => {
        shifts = false;
      },
      pause: (isPaused: boolean) => act(async () => setPaused(isPaused)),
    };
  }

  it('shows what comes as it comes, and asks for nothing', async () => {
    const { api, comes } = await open(2);
    const asked = api.lists.length;
    await comes(3);
    expect(textOf('rows')).toBe('3* 2* 1*');
    expect(textOf('arrived')).toBe('1');
    await pass(POLL_INTERVAL * 5);
    expect(api.lists).toHaveLength(asked);
  });

  it('moves nothing while it must not: what comes waits until it is wanted', async () => {
    const { hold, comes } = await open(2);
    hold();
    await comes(3);
    await comes(4);
    expect(textOf('rows')).toBe('2* 1*');
    expect(textOf('waiting')).toBe('2');
    fireEvent.click(screen.getByText('show'));
    expect(textOf('rows')).toBe('4* 3* 2* 1*');
    expect(textOf('waiting')).toBe('0');
  });

  it('puts a message that is sent again at the top, or leaves it where it is while nothing may move', async () => {
    const { hold, comes } = await open(3, {
      over: () => ({ readByUser: true }),
    });
    await comes(1, { updated: '2026-12-01T00:00:00.000Z' });
    expect(textOf('rows')).toBe('1* 3 2');
    hold();
    await comes(2, { updated: '2026-12-02T00:00:00.000Z' });
    expect(textOf('rows')).toBe('1* 3 2*');
    expect(textOf('waiting')).toBe('0');
  });

  it('takes over marks on every page that is loaded', async () => {
    const { api, tell } = await open(30);
    fireEvent.click(screen.getByText('more'));
    await pass(100);
    const asked = api.lists.length;
    await tell({
      type: 'read',
      data: {
        messageIds: [aNotification(1).id, aNotification(30).id],
        read: true,
      },
    });
    const rows = textOf('rows')?.split(' ') ?? [];
    expect([rows[0], rows[1], rows.at(-1)]).toEqual(['30', '29*', '1']);
    expect(api.lists).toHaveLength(asked);
  });

  it('takes away what is withdrawn, shown or waiting', async () => {
    const { hold, comes, tell } = await open(2);
    hold();
    await comes(3);
    await tell({
      type: 'withdrawal',
      data: { messageIds: [aNotification(1).id, aNotification(3).id] },
    });
    expect(textOf('rows')).toBe('2*');
    expect(textOf('waiting')).toBe('0');
  });

  it('brings back, where its time says, what had expired and does not any more', async () => {
    const { api, comes, tell } = await open(3);
    const back = aNotification(2, { expiresAt: '2126-01-01T00:00:00.000Z' });
    const others = api.messages.filter(({ id }) => id !== back.id);
    api.messages = others;
    await tell({ type: 'withdrawal', data: { messageIds: [back.id] } });
    await pass(POLL_INTERVAL);
    expect(textOf('rows')).toBe('3* 1*');
    const asked = api.lists.length;
    const { readByUser: _, archived: __, saved: ___, ...content } = back;
    api.messages = [...others, back];
    await tell({ type: 'correction', data: content });
    // Everybody whom it is for is told, so not all ask at once.
    await pass(1_500);
    expect(api.lists).toHaveLength(asked);
    await pass(8_000);
    expect(textOf('rows')).toBe('3* 2* 1*');

    // As is what is sent again by its scope.
    api.messages = others;
    await tell({ type: 'withdrawal', data: { messageIds: [back.id] } });
    await comes(2, { updated: '2026-12-01T00:00:00.000Z' });
    await comes(4);
    expect(textOf('rows')).toBe('4* 2* 3* 1*');
  });

  it('lets wait, while nothing may move, what had expired and does not any more', async () => {
    const { api, hold, tell } = await open(3);
    hold();
    const all = api.messages;
    const { readByUser: _, archived: __, saved: ___, ...content } = all[1];
    const { id } = content;
    api.messages = all.filter(message => message.id !== id);
    await tell({ type: 'withdrawal', data: { messageIds: [id] } });
    api.messages = all;
    await tell({ type: 'correction', data: content });
    await pass(10_000);
    expect(textOf('rows')).toBe('3* 1*');
    expect(textOf('waiting')).toBe('1');
    fireEvent.click(screen.getByText('show'));
    expect(textOf('rows')).toBe('3* 2* 1*');
  });

  it('asks for nothing where what is corrected is not in the view, or further down than is loaded', async () => {
    const { api, tell } = await open(40);
    const asked = api.lists.length;
    const correct = (number: number, change = {}) => {
      const {
        readByUser: _,
        archived: __,
        saved: ___,
        ...content
      } = aNotification(number, change);
      return tell({ type: 'correction', data: content });
    };
    await correct(1);
    await correct(50, { isSystem: true });
    await correct(40, { title: 'Message 40 again' });
    await pass(10_000);
    expect(textOf('rows')).toMatch(/^40 again\* 39\* /);
    expect(api.lists).toHaveLength(asked);
  });

  it('keeps a row in its place when it is read elsewhere, in the view of unread ones', async () => {
    const { tell } = await open(2, { view: { read: 'unread' } });
    await tell({
      type: 'read',
      data: { messageIds: [aNotification(2).id], read: true },
    });
    await pass(1_000);
    expect(textOf('rows')).toBe('2 1*');
  });

  it('brings in what is put away elsewhere, in the view of the archive, where its time says', async () => {
    const isOdd = (number: number) => number % 2 === 1;
    const put = { archived: true, readByUser: true };
    const { api, tell } = await open(5, {
      view: { read: 'archived' },
      over: number => (isOdd(number) ? put : {}),
    });
    expect(textOf('rows')).toBe('5 3 1');
    const asked = api.lists.length;
    const messageId = [aNotification(4).id];
    await api.updateArchived({ messageId, archived: true });
    await tell({
      type: 'archived',
      data: { messageIds: messageId, archived: true },
    });
    await pass(1_000);
    expect(textOf('rows')).toBe('5 4 3 1');
    expect(api.lists).toHaveLength(asked + 1);
  });

  it('brings in what has left the archive by becoming unread elsewhere', async () => {
    const { api, tell } = await open(3, {
      over: number =>
        number === 2 ? { archived: true, readByUser: true } : {},
    });
    expect(textOf('rows')).toBe('3* 1*');
    const messageId = [aNotification(2).id];
    await api.updateRead({ messageId, read: false });
    await tell({ type: 'read', data: { messageIds: messageId, read: false } });
    await pass(1_000);
    expect(textOf('rows')).toBe('3* 2* 1*');
  });

  it('leaves out what does not fit the view', async () => {
    const { comes } = await open(2, { view: { origins: ['builds'] } });
    await comes(3, { origin: 'people' });
    await comes(4, { isSystem: true });
    await comes(5, { readByUser: true, archived: true });
    await comes(6);
    expect(textOf('rows')).toBe('6* 2* 1*');
  });

  it('asks the server where it cannot tell, once for many', async () => {
    const { api, comes } = await open(2, { view: { search: 'Message' } });
    const asked = api.lists.length;
    api.messages.push(aNotification(3), aNotification(4, { title: 'Other' }));
    await comes(3);
    await comes(4, { title: 'Other' });
    await pass(1_000);
    expect(textOf('rows')).toBe('3* 2* 1*');
    expect(api.lists).toHaveLength(asked + 1);
  });

  it('stands behind the others where the oldest stand first and all are loaded', async () => {
    const { comes } = await open(2, { view: { sort: 'oldest' } });
    await comes(3);
    expect(textOf('rows')).toBe('1* 2* 3*');
  });

  it('waits for its page where the oldest stand first and more can be loaded', async () => {
    const { api, comes } = await open(26, { view: { sort: 'oldest' } });
    api.messages.push(aNotification(27));
    await comes(27);
    expect(textOf('rows')?.split(' ')).toHaveLength(25);
    fireEvent.click(screen.getByText('more'));
    await pass(100);
    expect(textOf('rows')?.split(' ').slice(-2)).toEqual(['26*', '27*']);
  });

  it('asks again for all that is loaded when more has changed than is named, with every row in its place', async () => {
    const { api, tell } = await open(30, { view: { read: 'unread' } });
    fireEvent.click(screen.getByText('more'));
    await pass(100);
    api.messages = api.messages.map(message => ({
      ...message,
      readByUser: true,
    }));
    await tell({ type: 'refresh', data: {} });
    await pass(1_000);
    const rows = textOf('rows')?.split(' ') ?? [];
    expect(rows).toHaveLength(30);
    expect(rows.every(row => !row.endsWith('*'))).toBe(true);
  });

  it('asks for the rows beyond the first page, too', async () => {
    const { api, tell } = await open(30);
    fireEvent.click(screen.getByText('more'));
    await pass(100);
    api.messages = [
      aNotification(1, { readByUser: true }),
      ...api.messages.slice(1),
    ];
    await tell({ type: 'refresh', data: {} });
    await pass(1_000);
    expect(textOf('rows')).toMatch(/^30\* .* 2\* 1$/);
  });

  it('asks once when it may have missed something', async () => {
    const { api, tell } = await open(2);
    api.messages.push(aNotification(3));
    const asked = api.lists.length;
    await tell({ type: 'ready', data: {} });
    await pass(POLL_INTERVAL * 3);
    expect(textOf('rows')).toBe('3* 2* 1*');
    expect(api.lists).toHaveLength(asked + 1);
  });

  it('takes over what came during a mark once the mark is saved', async () => {
    const { pause, comes, tell } = await open(2);
    await pause(true);
    await comes(3);
    await tell({
      type: 'read',
      data: { messageIds: [aNotification(3).id], read: true },
    });
    expect(textOf('rows')).toBe('2* 1*');
    await pause(false);
    expect(textOf('rows')).toBe('3 2* 1*');
  });

  it.each<LiveState>(['polling', 'offline', 'connecting'])(
    'polls while the stream is "%s", and no more once it is connected',
    async state => {
      const { api, live } = await open(2, { state });
      api.messages.push(aNotification(3));
      await pass(POLL_INTERVAL * 1.5);
      expect(textOf('rows')).toBe('3* 2* 1*');
      await act(async () => live.become('connected'));
      await pass(100);
      const asked = api.lists.length;
      await pass(POLL_INTERVAL * 3);
      expect(api.lists).toHaveLength(asked);
    },
  );

  it('asks no more where the person is refused', async () => {
    const { api } = await open(2, { state: 'refused' });
    const asked = api.lists.length;
    await pass(POLL_INTERVAL * 3);
    expect(api.lists).toHaveLength(asked);
  });
});
