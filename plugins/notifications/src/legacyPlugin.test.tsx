import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  liveNotificationsApiRef,
  notificationsApiRef,
  NotificationsPage,
  notificationsPlugin,
  unreadCountApiRef,
} from '.';
import { PollingUnreadCount } from './api/PollingUnreadCount';
import { aNotification, InMemoryNotifications } from './testing';

jest.setTimeout(30_000);

describe('on the old frontend system', () => {
  it('the page is a plain component with all it needs', async () => {
    const api = new InMemoryNotifications([aNotification(1)]);
    await renderInTestApp(
      <TestApiProvider
        apis={[
          [notificationsApiRef, api],
          [unreadCountApiRef, new PollingUnreadCount({ api })],
        ]}
      >
        <NotificationsPage />
      </TestApiProvider>,
    );
    expect(
      await screen.findByRole('heading', { name: 'Message 1' }),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Notifications' }),
    ).toBeVisible();
  });

  it('the plugin brings its APIs', () => {
    expect([...notificationsPlugin.getApis()].map(({ api }) => api.id)).toEqual(
      [
        notificationsApiRef.id,
        liveNotificationsApiRef.id,
        unreadCountApiRef.id,
      ],
    );
  });
});
