import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import { notificationsApiRef } from './api/notificationsApi';
import notificationsPlugin from './alpha';
import { aNotification, InMemoryNotifications } from './testing';

jest.setTimeout(30_000);

describe('the plugin', () => {
  it('brings a page with a header, at /notifications', async () => {
    renderTestApp({
      features: [notificationsPlugin],
      initialRouteEntries: ['/notifications'],
      apis: [
        [notificationsApiRef, new InMemoryNotifications([aNotification(1)])],
      ],
    });
    expect(
      await screen.findByRole(
        'heading',
        { name: 'Message 1' },
        { timeout: 10_000 },
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Notifications' }),
    ).toBeInTheDocument();
  });

  it('has the title that the configuration gives it', async () => {
    renderTestApp({
      features: [notificationsPlugin],
      initialRouteEntries: ['/notifications'],
      config: {
        backend: { baseUrl: 'http://localhost:7007' },
        app: {
          baseUrl: 'http://localhost:3000',
          extensions: [
            { 'page:notifications': { config: { title: 'What is new' } } },
          ],
        },
      },
      apis: [[notificationsApiRef, new InMemoryNotifications()]],
    });
    await waitFor(
      () =>
        expect(
          screen.getByRole('heading', { level: 1, name: 'What is new' }),
        ).toBeInTheDocument(),
      { timeout: 10_000 },
    );
  });
});
