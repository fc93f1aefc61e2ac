import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import { unreadCountApiRef, type UnreadCount } from '../api/UnreadCount';
import { NotificationsIcon } from './NotificationsIcon';
import { NotificationsSidebarItem } from './NotificationsSidebarItem';

function unreadCountOf(count: number | undefined) {
  let snapshot = { state: 'live' as const, count };
  let tell = () => {};
  const api: UnreadCount = {
    getSnapshot: () => snapshot,
    subscribe: listener => {
      tell = listener;
      return () => {};
    },
    refresh: async () => {},
  };
  const become = (next: number) => {
    snapshot = { state: 'live', count: next };
    tell();
  };
  return { api, become };
}

describe('the number of unread messages', () => {
  it('stands on the bell, in words for those who do not see it, and changes', async () => {
    const { api, become } = unreadCountOf(3);
    renderInTestApp(<NotificationsIcon />, {
      apis: [[unreadCountApiRef, api]],
    });
    expect(await screen.findByText('3')).toBeVisible();
    expect(screen.getByText('3 unread notifications')).toBeInTheDocument();
    act(() => become(1));
    expect(screen.getByText('1 unread notification')).toBeInTheDocument();
  });

  it('stays small, and is told in full', async () => {
    renderInTestApp(<NotificationsIcon />, {
      apis: [[unreadCountApiRef, unreadCountOf(1234).api]],
    });
    expect(await screen.findByText('99+')).toBeVisible();
    expect(screen.getByText('1,234 unread notifications')).toBeInTheDocument();
  });

  it.each([0, undefined])('is not there for %s', async count => {
    renderInTestApp(
      <div data-testid="icon">
        <NotificationsIcon />
      </div>,
      { apis: [[unreadCountApiRef, unreadCountOf(count).api]] },
    );
    expect(await screen.findByTestId('icon')).toHaveTextContent('');
  });

  it('is part of the name of the sidebar link', async () => {
    renderInTestApp(<NotificationsSidebarItem to="/messages" />, {
      apis: [[unreadCountApiRef, unreadCountOf(3).api]],
    });
    expect(
      await screen.findByRole('link', {
        name: /^Notifications.*3 unread notifications/,
      }),
    ).toHaveAttribute('href', '/messages');
  });
});
