import {
  alertApiRef,
  errorApiRef,
  storageApiRef,
  toastApiRef,
  translationApiRef,
  type ToastApi,
  type ToastApiMessage,
} from '@backstage/frontend-plugin-api';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { act, render, screen, waitFor } from '@testing-library/react';
import type { Notification as Message } from '@herald/backstage-plugin-notifications-common';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { FakeLive } from '../api/live/FakeLive';
import { liveNotificationsApiRef } from '../api/live/liveNotificationsApi';
import { unreadCountApiRef, type UnreadCount } from '../api/UnreadCount';
import { aNotification } from '../testing';
import { NotificationsLive } from './NotificationsLive';
import type { PersonalSettings } from './usePersonalSettings';

const SNAPSHOT = { state: 'live', count: 3 } as const;
const unread: UnreadCount = {
  getSnapshot: () => SNAPSHOT,
  subscribe: () => () => {},
  refresh: async () => {},
};

class FakeNotification {
  static permission: NotificationPermission = 'granted';
  static shown: FakeNotification[] = [];
  onclick: (() => void) | null = null;
  constructor(readonly title: string, readonly options: NotificationOptions) {
    FakeNotification.shown.push(this);
  }
  close() {
    FakeNotification.shown = FakeNotification.shown.filter(
      other => other !== this,
    );
  }
}

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

async function renderLive(settings: Partial<PersonalSettings> = {}) {
  const live = new FakeLive();
  const toasts: ToastApiMessage[] = [];
  const toastApi: ToastApi = {
    post: toast => {
      toasts.push(toast);
      return { close: () => void toasts.splice(toasts.indexOf(toast), 1) };
    },
  };
  const storage = mockApis.storage({
    data: Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        `/herald-notifications/${name}`,
        value,
      ]),
    ),
  });
  renderInTestApp(
    <>
      <NotificationsLive />
      <Address />
    </>,
    {
      apis: [
        [liveNotificationsApiRef, live],
        [unreadCountApiRef, unread],
        [toastApiRef, toastApi],
        [storageApiRef, storage],
      ],
    },
  );
  await screen.findByTestId('address');
  const comes = async (number: number, over: Partial<Message> = {}) => {
    await act(async () =>
      live.tell({ type: 'message', data: aNotification(number, over) }),
    );
  };
  return { live, toasts, comes };
}

const hide = (isHidden: boolean) =>
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => (isHidden ? 'hidden' : 'visible'),
  });

describe('at the root of the portal', () => {
  beforeEach(() => {
    document.title = 'Portal';
    FakeNotification.shown = [];
    FakeNotification.permission = 'granted';
    Object.assign(globalThis, { Notification: FakeNotification });
    window.focus = () => {};
  });
  afterEach(() => {
    hide(false);
    Reflect.deleteProperty(globalThis, 'Notification');
  });

  it('the stream is kept open, and the number stands in the title', async () => {
    const { live } = await renderLive();
    expect(live.isFollowed).toBe(true);
    expect(document.title).toBe('(3) Portal');
  });

  it('the title is left alone where it is not wanted', async () => {
    await renderLive({ titleCounter: false });
    expect(document.title).toBe('Portal');
  });

  it('a snackbar tells of what is critical or high, and of nothing else', async () => {
    const { toasts, comes } = await renderLive();
    await comes(1);
    await comes(2, { severity: 'low' });
    await comes(3, { severity: 'high', readByUser: true });
    expect(toasts).toEqual([]);
    await comes(4, { severity: 'high' });
    await comes(5, { severity: 'critical', origin: 'people' });
    expect(toasts).toEqual([
      expect.objectContaining({
        title: 'Message 4',
        status: 'warning',
        timeout: 15_000,
      }),
      expect.objectContaining({ title: 'Message 5', status: 'danger' }),
    ]);
    expect(toasts[1].timeout).toBeUndefined();
    render(<MemoryRouter>{toasts[0].description}</MemoryRouter>);
    expect(screen.getByText('Text 4')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open' })).toHaveAttribute(
      'href',
      `/notifications?id=${aNotification(4).id}`,
    );
  });

  it('a burst of one origin is one snackbar', async () => {
    const { toasts, comes } = await renderLive();
    for (let number = 1; number <= 5; number += 1) {
      await comes(number, { severity: 'high', origin: 'ci' });
    }
    await waitFor(
      () =>
        expect(toasts.map(({ title }) => title)).toEqual([
          '5 messages from ci',
        ]),
      { timeout: 3_000 },
    );
  });

  it('a snackbar goes when its message is read elsewhere, or withdrawn', async () => {
    const { live, toasts, comes } = await renderLive();
    await comes(1, { severity: 'critical' });
    await comes(2, { severity: 'critical', origin: 'people' });
    act(() => {
      live.tell({
        type: 'read',
        data: { messageIds: [aNotification(1).id], read: true },
      });
      live.tell({
        type: 'withdrawal',
        data: { messageIds: [aNotification(2).id] },
      });
    });
    expect(toasts).toEqual([]);
  });

  it('there is no snackbar where it is not wanted, or not seen', async () => {
    const { toasts, comes } = await renderLive({ snackbars: false });
    await comes(1, { severity: 'critical' });
    expect(toasts).toEqual([]);
  });

  it('there is no snackbar in a tab that nobody sees', async () => {
    const { toasts, comes } = await renderLive();
    hide(true);
    await comes(1, { severity: 'critical' });
    expect(toasts).toEqual([]);
  });

  it('the browser notifies where it is wanted and no tab is seen; a click opens the message', async () => {
    const { live, comes } = await renderLive({ browserNotifications: true });
    await comes(1);
    expect(FakeNotification.shown).toEqual([]);
    live.isSeen = false;
    await comes(2);
    expect(FakeNotification.shown).toEqual([
      expect.objectContaining({
        title: 'Message 2',
        options: expect.objectContaining({
          body: 'Text 2',
          tag: aNotification(2).id,
        }),
      }),
    ]);
    act(() => FakeNotification.shown[0].onclick?.());
    expect(screen.getByTestId('address')).toHaveTextContent(
      `/notifications?id=${aNotification(2).id}`,
    );
    expect(FakeNotification.shown).toEqual([]);
  });

  it.each([
    ['the tab does not lead', { isLeading: false }, 'granted'],
    ['the browser does not allow it', { isLeading: true }, 'denied'],
  ] as const)(
    'the browser does not notify where %s',
    async (_, { isLeading }, permission) => {
      FakeNotification.permission = permission;
      const { live, comes } = await renderLive({ browserNotifications: true });
      live.isSeen = false;
      live.isLeading = isLeading;
      await comes(1);
      expect(FakeNotification.shown).toEqual([]);
    },
  );

  it('the browser does not notify unless it was asked for', async () => {
    const { live, comes } = await renderLive();
    live.isSeen = false;
    await comes(1);
    expect(FakeNotification.shown).toEqual([]);
  });
});

describe('on a host that knows no toasts', () => {
  it('an alert tells of what is critical', async () => {
    const post = jest.fn();
    const live = new FakeLive();
    render(
      <TestApiProvider
        apis={[
          [liveNotificationsApiRef, live],
          [unreadCountApiRef, unread],
          [storageApiRef, mockApis.storage()],
          [translationApiRef, mockApis.translation()],
          [errorApiRef, mockApis.error()],
          [alertApiRef, { post }],
        ]}
      >
        <MemoryRouter>
          <NotificationsLive />
        </MemoryRouter>
      </TestApiProvider>,
    );
    await waitFor(() => expect(live.isFollowed).toBe(true));
    act(() =>
      live.tell({
        type: 'message',
        data: aNotification(1, { severity: 'critical' }),
      }),
    );
    await waitFor(() =>
      expect(post).toHaveBeenCalledWith({
        message: 'builds: Message 1',
        severity: 'error',
        display: 'permanent',
      }),
    );
  });
});
