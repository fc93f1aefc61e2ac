import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, within } from '@testing-library/react';
import { useLocation } from 'react-router-dom';
import { notificationsApiRef } from '../../api/notificationsApi';
import { PollingUnreadCount } from '../../api/PollingUnreadCount';
import { unreadCountApiRef } from '../../api/UnreadCount';
import type { InMemoryNotifications } from '../../testing';
import { NotificationsContent } from '../NotificationsContent';

// For tests: the page in an app of its own, and what they look for in it.

function Address() {
  return <output data-testid="address">{useLocation().search}</output>;
}

/** @param allowed - permissions beyond none; the same within a test file, since the hook that asks remembers the answers */
export function renderPage(
  api: InMemoryNotifications,
  address = '/',
  allowed: readonly string[] = [],
): void {
  const entity = (kind: string, name: string, displayName: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName } },
  });
  renderInTestApp(
    <>
      <NotificationsContent />
      <Address />
    </>,
    {
      initialRouteEntries: [address],
      apis: [
        [notificationsApiRef, api],
        [unreadCountApiRef, new PollingUnreadCount({ api })],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: ({ permission }) =>
              allowed.includes(permission.name)
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
          }),
        ],
        [
          catalogApiRef,
          catalogApiMock({
            entities: [
              entity('User', 'guest', 'Guest'),
              entity('Group', 'platform', 'Platform'),
              entity('Component', 'wallet', 'Wallet'),
            ],
          }),
        ],
      ],
    },
  );
}

export const address = () => screen.getByTestId('address').textContent;

export const list = () =>
  within(screen.getByRole('list', { name: 'Messages' }));

/** The titles in the list, from top to bottom. */
export const rows = () =>
  list()
    .getAllByRole('heading')
    .map(heading => heading.textContent);

/** A row, once it is there. */
export async function row(title: string) {
  const heading = await screen.findByRole('heading', { name: title });
  const item = heading.closest('li');
  if (!item) {
    throw new Error(`"${title}" is not in a list`);
  }
  return within(item);
}
