import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aNotification, InMemoryNotifications, refused } from '../testing';
import { address, renderPage, rows } from './__testUtils__/renderPage';

jest.setTimeout(30_000);
const scrollIntoView = jest.fn();
Element.prototype.scrollIntoView = scrollIntoView;

const region = async () =>
  screen.findByRole('region', { name: 'The message of this link' });
const linkTo = (number: number) => `/?id=${aNotification(number).id}`;

describe('a link to a message', () => {
  it('shows it on top, with the focus, and marks it as read', async () => {
    const api = new InMemoryNotifications([aNotification(1), aNotification(2)]);
    renderPage(api, linkTo(1));
    const card = await region();
    expect(
      await within(card).findByRole('heading', { name: 'Message 1' }),
    ).toBeVisible();
    await waitFor(() => expect(card).toHaveFocus());
    expect(scrollIntoView).toHaveBeenCalled();
    await waitFor(() => expect(api.messages[0].readByUser).toBe(true));
    // Not a second time in the list.
    await waitFor(() => expect(rows()).toEqual(['Message 2']));
  });

  it('finds it in the archive, and leaves its marks alone', async () => {
    const api = new InMemoryNotifications([
      aNotification(1, { archived: true, readByUser: true }),
      aNotification(2),
    ]);
    renderPage(api, linkTo(1));
    const card = within(await region());
    expect(await card.findByText('Archived')).toBeVisible();
    await userEvent.click(
      card.getByRole('button', { name: 'Take out of the archive' }),
    );
    await waitFor(() => expect(api.messages[0].archived).toBe(false));
    expect(api.updates).toEqual([]);
  });

  it('does not mark it again when it is marked as unread', async () => {
    const api = new InMemoryNotifications([aNotification(1)]);
    renderPage(api, linkTo(1));
    const card = within(await region());
    await userEvent.click(
      await card.findByRole('button', { name: 'Mark as unread' }),
    );
    await waitFor(() => expect(api.messages[0].readByUser).toBe(false));
    expect(card.getByRole('button', { name: 'Mark as read' })).toBeVisible();
    expect(api.updates).toHaveLength(2);
  });

  it('goes into the list when it is closed', async () => {
    renderPage(
      new InMemoryNotifications([aNotification(1), aNotification(2)]),
      `${linkTo(1)}&view=all`,
    );
    const card = within(await region());
    await card.findByRole('heading', { name: 'Message 1' });
    await userEvent.click(card.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(rows()).toEqual(['Message 2', 'Message 1']));
    expect(address()).toBe('?view=all');
    expect(screen.queryByText('The message of this link')).toBeNull();
  });

  it.each([
    ['an unknown one', aNotification(9).id],
    ['what is none', 'nonsense'],
  ])('says plainly that there is no such message: %s', async (_, id) => {
    const api = new InMemoryNotifications([aNotification(1)]);
    renderPage(api, `/?id=${id}`);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no such message',
    );
    await waitFor(() => expect(rows()).toEqual(['Message 1']));
  });

  it('can be tried again where the server failed', async () => {
    const api = new InMemoryNotifications([aNotification(1)]);
    api.refusals.get = refused(403, 'not now');
    renderPage(api, linkTo(1));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The message could not be loaded');
    api.refusals = {};
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await within(await region()).findByRole('heading', { name: 'Message 1' }),
    ).toBeVisible();
  });
});
