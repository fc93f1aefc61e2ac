import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aNotification, InMemoryNotifications, refused } from '../testing';
import { address, renderPage, row, rows } from './__testUtils__/renderPage';

jest.setTimeout(30_000);
Element.prototype.scrollIntoView = jest.fn();

const many = (count: number, over = {}) =>
  Array.from({ length: count }, (_, index) =>
    aNotification(index + 1, { topic: `topic ${index}`, ...over }),
  );
const markAll = () => screen.findByRole('button', { name: 'Mark all as read' });

describe('mark all as read', () => {
  it('goes for all that are shown, up to the newest of them, without asking', async () => {
    const api = new InMemoryNotifications(many(3));
    renderPage(api);
    await row('Message 3');
    await userEvent.click(await markAll());
    expect(await screen.findByText(/All of them are read/)).toBeVisible();
    expect(api.allRead).toEqual([
      {
        messageScope: 'user',
        upTo: aNotification(3).id,
        upToDate: aNotification(3).created,
      },
    ]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByText('Unread', { selector: 'div' })).toBeNull();
  });

  it('leaves unread what came while nobody looked', async () => {
    const api = new InMemoryNotifications(many(3));
    renderPage(api);
    await row('Message 3');
    api.messages.push(aNotification(4, { topic: 'late' }));
    await userEvent.click(await markAll());
    await screen.findByText(/All of them are read/);
    expect(api.messages.map(({ readByUser }) => readByUser)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('asks first where more than what is shown would be marked, and says how many', async () => {
    const api = new InMemoryNotifications(many(30));
    renderPage(api);
    await row('Message 30');
    await userEvent.click(await markAll());
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByRole('heading', { name: 'Mark 30 messages as read?' }),
    ).toBeVisible();
    expect(
      dialog.getByText(/25 of them can be seen here, 5 cannot/),
    ).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.allRead).toEqual([]);

    await userEvent.click(await markAll());
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Mark as read',
      }),
    );
    await waitFor(() =>
      expect(api.messages.every(({ readByUser }) => readByUser)).toBe(true),
    );
  });

  it('asks first where what would be marked is not in the view', async () => {
    const api = new InMemoryNotifications([
      aNotification(1, { readByUser: true }),
      aNotification(2),
    ]);
    renderPage(api, '/?view=read');
    await row('Message 1');
    await userEvent.click(await markAll());
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      dialog.getByText(/0 of them can be seen here, 1 cannot/),
    ).toBeVisible();
    expect(api.allRead).toEqual([]);
  });

  it('keeps to the filters', async () => {
    const api = new InMemoryNotifications([
      ...many(2),
      aNotification(3, { origin: 'ci', severity: 'high' }),
    ]);
    renderPage(api, '/?origin=ci&severity=high&q=message');
    await row('Message 3');
    await userEvent.click(await markAll());
    await screen.findByText(/All of them are read/);
    expect(api.allRead).toEqual([
      {
        messageScope: 'user',
        origin: ['ci'],
        severity: ['high'],
        containsText: 'message',
        upTo: aNotification(3).id,
        upToDate: aNotification(3).created,
      },
    ]);
    expect(api.messages.map(({ readByUser }) => readByUser)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('is taken back and explained when the server refuses', async () => {
    const api = new InMemoryNotifications(many(2));
    api.refusals.markAllRead = refused(503);
    renderPage(api);
    await row('Message 2');
    await userEvent.click(await markAll());
    expect(await screen.findByRole('alert')).toHaveTextContent('Not saved');
    expect(
      screen.getAllByRole('button', { name: 'Mark as read' }),
    ).toHaveLength(2);
  });

  it('is not offered where all is read', async () => {
    renderPage(new InMemoryNotifications(many(2, { readByUser: true })));
    await row('Message 2');
    expect(
      screen.queryByRole('button', { name: 'Mark all as read' }),
    ).toBeNull();
  });
});

describe('filters', () => {
  const inbox = () =>
    new InMemoryNotifications([
      aNotification(1, { origin: 'ci', topic: 'builds', severity: 'high' }),
      aNotification(2, { origin: 'ci', topic: 'tests' }),
      aNotification(3, { origin: 'ops', topic: 'alerts' }),
    ]);
  const choose = async (filter: string, option: string) => {
    await userEvent.click(
      screen.getByRole('button', { name: new RegExp(`${filter}$`) }),
    );
    await userEvent.click(await screen.findByRole('option', { name: option }));
    await userEvent.keyboard('{Escape}');
  };

  it('offers the origins that there are, and the topics of those that are chosen', async () => {
    renderPage(inbox());
    await row('Message 3');
    await choose('Origin', 'ci');
    await waitFor(() => expect(rows()).toEqual(['Message 2', 'Message 1']));
    expect(address()).toBe('?origin=ci');
    await userEvent.click(screen.getByRole('button', { name: /Topic$/ }));
    expect(
      (await screen.findAllByRole('option')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['builds', 'tests']);
  });

  it('narrows by severity', async () => {
    renderPage(inbox());
    await row('Message 3');
    await choose('Severity', 'High');
    await waitFor(() => expect(rows()).toEqual(['Message 1']));
    expect(address()).toBe('?severity=high');
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(rows()).toHaveLength(3));
  });

  it('works without what there is to choose from', async () => {
    const api = inbox();
    api.refusals.getPreferences = refused(503);
    renderPage(api, '/?origin=ops');
    await row('Message 3');
    expect(rows()).toEqual(['Message 3']);
  });
});

describe('a burst', () => {
  const burst = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      aNotification(index + 1, {
        origin: 'ci',
        topic: 'builds',
        created: new Date(Date.UTC(2026, 10, 22, 8, 0, index)).toISOString(),
      }),
    );

  it('is one row until it is opened', async () => {
    renderPage(new InMemoryNotifications([...burst(12), aNotification(20)]));
    const folded = await row('12 messages from ci');
    expect(rows()).toEqual(['Message 20', '12 messages from ci']);
    expect(folded.getByText('The latest: Message 12')).toBeVisible();
    expect(folded.getByText('12 unread notifications')).toBeVisible();
    const toggle = folded.getByRole('button', { name: 'Show them' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(toggle);
    expect(rows()).toHaveLength(14);
    await userEvent.click(folded.getByRole('button', { name: 'Hide them' }));
    expect(rows()).toHaveLength(2);
  });

  it('is marked and selected as one, and stays one while it is read', async () => {
    const api = new InMemoryNotifications(burst(12));
    renderPage(api);
    const folded = await row('12 messages from ci');
    await userEvent.click(
      folded.getByRole('checkbox', { name: 'Select “12 messages from ci”' }),
    );
    expect(screen.getByText('12 selected')).toBeVisible();
    await userEvent.click(
      folded.getByRole('button', { name: 'Mark all of these as read' }),
    );
    expect(await folded.findByText('No unread notifications')).toBeVisible();
    await waitFor(() =>
      expect(api.messages.every(({ readByUser }) => readByUser)).toBe(true),
    );
    expect(rows()).toEqual(['12 messages from ci']);
  });

  it('is archived as one, and comes back as one', async () => {
    renderPage(new InMemoryNotifications([...burst(12), aNotification(20)]));
    const folded = await row('12 messages from ci');
    await userEvent.click(
      folded.getByRole('button', { name: 'Archive all of these' }),
    );
    await waitFor(() => expect(rows()).toEqual(['Message 20']));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() =>
      expect(rows()).toEqual(['Message 20', '12 messages from ci']),
    );
  });

  it('is not folded in a search, nor where it was read before', async () => {
    renderPage(new InMemoryNotifications(burst(8)), '/?q=message');
    await row('Message 8');
    expect(rows()).toHaveLength(8);
  });

  it('goes on over pages, and loses none', async () => {
    renderPage(new InMemoryNotifications(burst(40)));
    await row('25 messages from ci');
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await row('40 messages from ci');
    expect(screen.getByText('40 messages shown')).toBeVisible();
    expect(screen.getByText('That is all of them.')).toBeVisible();
  });
});
