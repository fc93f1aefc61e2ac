import { renderInTestApp } from '@backstage/frontend-test-utils';
import { POLL_INTERVAL } from '@herald/frontend';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { notificationsApiRef } from '../api/notificationsApi';
import { PollingUnreadCount } from '../api/PollingUnreadCount';
import { unreadCountApiRef } from '../api/UnreadCount';
import { aNotification, InMemoryNotifications, refused } from '../testing';
import { NotificationsContent } from './NotificationsContent';

jest.setTimeout(30_000);

const scrollIntoView = jest.fn();
Element.prototype.scrollIntoView = scrollIntoView;

function Address() {
  return <output data-testid="address">{useLocation().search}</output>;
}

function renderPage(api: InMemoryNotifications, address = '/') {
  const unreadCount = new PollingUnreadCount({ api });
  renderInTestApp(
    <>
      <NotificationsContent />
      <Address />
    </>,
    {
      initialRouteEntries: [address],
      apis: [
        [notificationsApiRef, api],
        [unreadCountApiRef, unreadCount],
      ],
    },
  );
}

const rows = () =>
  within(screen.getByRole('list', { name: 'Messages' }))
    .getAllByRole('heading')
    .map(heading => heading.textContent);
const row = async (title: string) => {
  const heading = await screen.findByRole('heading', { name: title });
  const item = heading.closest('li');
  if (!item) {
    throw new Error(`"${title}" is not in a list`);
  }
  return within(item);
};
const address = () => screen.getByTestId('address').textContent;
/** Of different topics: they are no burst. */
const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    aNotification(index + 1, { topic: `topic ${index}` }),
  );

describe('the list', () => {
  it('shows the newest message first, with what there is to know', async () => {
    renderPage(
      new InMemoryNotifications([
        aNotification(1),
        aNotification(2, {
          actions: [
            { id: 'a', title: 'Outside', url: 'https://example.com/x' },
            { id: 'b', title: 'Inside', url: 'catalog/default/component/w' },
            { id: 'c', title: 'Evil', url: '//evil.example.com' },
          ],
        }),
      ]),
    );
    const newest = await row('Message 2');
    expect(rows()).toEqual(['Message 2', 'Message 1']);
    expect(newest.getByText('Text 2')).toBeVisible();
    expect(newest.getByText('builds')).toBeVisible();
    expect(newest.getByText('releases')).toBeVisible();
    expect(newest.getByText('Unread')).toBeInTheDocument();

    const outside = newest.getByRole('link', { name: 'Outside' });
    expect(outside).toHaveAttribute('target', '_blank');
    expect(outside).toHaveAttribute('rel', 'noopener noreferrer');
    expect(outside).toHaveAccessibleDescription('Opens in a new tab');
    const inside = newest.getByRole('link', { name: 'Inside' });
    expect(inside).toHaveAttribute('href', '/catalog/default/component/w');
    expect(inside).not.toHaveAttribute('target');
    expect(newest.queryByRole('link', { name: 'Evil' })).toBeNull();
    expect(newest.getByText('Evil')).toBeVisible();
  });

  it('keeps line breaks, and folds a long text until it is wanted', async () => {
    const text = 'line\n'.repeat(20);
    renderPage(
      new InMemoryNotifications([aNotification(1, { message: text })]),
    );
    const only = await row('Message 1');
    const unfold = only.getByRole('button', { name: 'Show more' });
    expect(unfold).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(unfold);
    expect(only.getByRole('button', { name: 'Show less' })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
  });

  it('loads more where there is more, and keeps what is there', async () => {
    renderPage(new InMemoryNotifications(many(30)));
    await row('Message 30');
    expect(rows()).toHaveLength(25);
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await row('Message 1');
    expect(rows()).toHaveLength(30);
    expect(screen.getByText('That is all of them.')).toBeVisible();
  });

  it('tells personal messages from those for everybody, and counts the unread ones of each', async () => {
    renderPage(
      new InMemoryNotifications([
        aNotification(1),
        aNotification(2),
        aNotification(3, { isSystem: true }),
      ]),
    );
    expect(
      await screen.findByRole('tab', {
        name: 'Personal 2 unread notifications',
      }),
    ).toHaveAttribute('aria-selected', 'true');
    await userEvent.click(screen.getByRole('tab', { name: /^Updates/ }));
    await row('Message 3');
    expect(rows()).toEqual(['Message 3']);
    expect(address()).toBe('?tab=updates');
  });
});

describe('the view', () => {
  const inbox = () =>
    new InMemoryNotifications([
      aNotification(1, { readByUser: true, title: 'Old release' }),
      aNotification(2, { title: 'New release' }),
      aNotification(3, { title: 'A build' }),
    ]);

  it('is read from the address', async () => {
    renderPage(inbox(), '/?q=release&sort=oldest');
    await row('Old release');
    expect(rows()).toEqual(['Old release', 'New release']);
    expect(screen.getByRole('searchbox', { name: 'Search' })).toHaveValue(
      'release',
    );
  });

  it('is written to the address as it is chosen', async () => {
    const api = inbox();
    renderPage(api);
    await row('A build');
    await userEvent.click(screen.getByRole('radio', { name: 'Unread' }));
    await waitFor(() => expect(rows()).toEqual(['A build', 'New release']));
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search' }),
      'RELEASE',
    );
    await waitFor(() => expect(rows()).toEqual(['New release']));
    expect(address()).toBe('?view=unread&q=RELEASE');
    const searches = api.lists.map(({ containsText }) => containsText);
    expect(searches).not.toContain('R');
  });

  it('keeps a row in its place when it is marked, until the view changes', async () => {
    renderPage(inbox(), '/?view=unread');
    const build = await row('A build');
    await userEvent.click(build.getByRole('button', { name: 'Mark as read' }));
    await build.findByRole('button', { name: 'Mark as unread' });
    expect(rows()).toEqual(['A build', 'New release']);
    await userEvent.click(screen.getByRole('radio', { name: 'All' }));
    await row('Old release');
    await userEvent.click(screen.getByRole('radio', { name: 'Unread' }));
    await waitFor(() => expect(rows()).toEqual(['New release']));
  });
});

describe('marking', () => {
  it('shows at once, is saved, and brings the numbers up to date', async () => {
    const api = new InMemoryNotifications(many(2));
    renderPage(api);
    const newest = await row('Message 2');
    await userEvent.click(newest.getByRole('button', { name: 'Mark as read' }));
    expect(
      newest.getByRole('button', { name: 'Mark as unread' }),
    ).toBeVisible();
    expect(newest.queryByText('Unread')).toBeNull();
    expect(
      await screen.findByRole('tab', {
        name: 'Personal 1 unread notification',
      }),
    ).toBeVisible();
    expect(api.updates).toEqual([
      { messageId: [aNotification(2).id], read: true },
    ]);
  });

  it('is taken back and explained when the server refuses', async () => {
    const api = new InMemoryNotifications(many(2));
    api.refusals.updateRead = refused(503);
    renderPage(api);
    const newest = await row('Message 2');
    await userEvent.click(newest.getByRole('button', { name: 'Mark as read' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Not saved');
    expect(newest.getByRole('button', { name: 'Mark as read' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('goes for all that are selected, a hundred a request', async () => {
    const api = new InMemoryNotifications(many(110));
    renderPage(api);
    await row('Message 110');
    for (const shown of [50, 75, 100, 110]) {
      await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
      await waitFor(() => expect(rows()).toHaveLength(shown));
    }
    fireEvent.click(screen.getByRole('checkbox', { name: 'Select all shown' }));
    expect(screen.getByText('110 selected')).toBeVisible();
    const bar = within(
      screen.getByRole('group', {
        name: 'What to do with the selected messages',
      }),
    );
    await userEvent.click(bar.getByRole('button', { name: 'Mark as read' }));
    await waitFor(() =>
      expect(api.updates.map(({ messageId }) => messageId.length)).toEqual([
        100, 10,
      ]),
    );
    expect(api.messages.every(({ readByUser }) => readByUser)).toBe(true);
    await waitFor(() => expect(screen.queryByText('110 selected')).toBeNull());
  });
});

describe('what is not a list', () => {
  it.each([
    ['', [], 'No notifications yet'],
    ['?tab=updates', [], 'No updates yet'],
    ['?view=unread', [aNotification(1, { readByUser: true })], 'All read'],
    ['?view=read', [aNotification(1)], 'Nothing read yet'],
  ])('says why nothing is here: "%s"', async (search, messages, title) => {
    renderPage(new InMemoryNotifications(messages), `/${search}`);
    expect(await screen.findByRole('heading', { name: title })).toBeVisible();
  });

  it('offers to clear the filters where nothing fits them', async () => {
    renderPage(
      new InMemoryNotifications(many(1)),
      '/?q=nothing&sent=day&sort=oldest',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear filters' }),
    );
    await row('Message 1');
    expect(address()).toBe('?sort=oldest');
    expect(screen.getByRole('searchbox', { name: 'Search' })).toHaveValue('');
  });

  it.each([
    [401, 'You are signed out'],
    [403, 'You have no access to notifications'],
    [404, 'The catalog does not know you'],
  ])('says what a refusal with %d means', async (status, title) => {
    const api = new InMemoryNotifications(many(1));
    api.refusals = { list: refused(status), count: refused(status) };
    renderPage(api);
    expect(await screen.findByRole('alert')).toHaveTextContent(title);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('tries again when it is told to', async () => {
    const api = new InMemoryNotifications(many(1));
    api.refusals.list = refused(400);
    renderPage(api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The notifications could not be loaded',
    );
    api.refusals = {};
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await row('Message 1');
  });
});

describe('while it is open', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  // In steps, since React renders between them only.
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 250) {
      await act(() =>
        jest.advanceTimersByTimeAsync(Math.min(250, ms - passed)),
      );
    }
  };
  const until = async (isSo: () => unknown) => {
    for (let step = 0; step < 200 && !isSo(); step += 1) {
      await pass(50);
    }
  };
  const untilLoaded = () =>
    until(() => screen.queryByRole('list', { name: 'Messages' }));
  const longerThanAPoll = POLL_INTERVAL * 1.5;

  it('shows what comes, says so, and asks for one page only', async () => {
    const api = new InMemoryNotifications(many(30));
    renderPage(api);
    await untilLoaded();
    fireEvent.click(screen.getByRole('button', { name: 'Load more' }));
    await until(() => rows().length > 25);
    expect(rows()).toHaveLength(30);
    const asked = api.lists.length;
    api.messages.push(aNotification(31));
    await pass(longerThanAPoll);
    expect(rows()[0]).toBe('Message 31');
    expect(rows()).toHaveLength(31);
    expect(screen.getByText('1 new message arrived')).toBeInTheDocument();
    const polls = api.lists.slice(asked);
    expect(polls.length).toBeLessThanOrEqual(2);
    expect(polls.every(({ cursor }) => cursor === undefined)).toBe(true);
  });

  it('moves nothing while rows are selected: a button tells what came', async () => {
    const api = new InMemoryNotifications(many(2));
    renderPage(api);
    await untilLoaded();
    fireEvent.click(
      screen.getByRole('checkbox', { name: 'Select “Message 1”' }),
    );
    api.messages.push(aNotification(3));
    await pass(longerThanAPoll);
    expect(rows()).toEqual(['Message 2', 'Message 1']);
    expect(screen.getByText('1 selected')).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Show 1 new message' }));
    await pass(100);
    expect(rows()).toEqual(['Message 3', 'Message 2', 'Message 1']);
    expect(scrollIntoView).toHaveBeenCalledTimes(1);
    expect(screen.getByText('1 selected')).toBeVisible();
  });

  it('takes over what another tab marked', async () => {
    const api = new InMemoryNotifications(many(1));
    renderPage(api);
    await untilLoaded();
    api.messages = [aNotification(1, { readByUser: true })];
    await pass(longerThanAPoll);
    expect(
      screen.getByRole('button', { name: 'Mark as unread' }),
    ).toBeVisible();
  });

  it('keeps what it has while the server fails, says so, and goes on when it is back', async () => {
    const api = new InMemoryNotifications(many(1));
    renderPage(api);
    await untilLoaded();
    api.refusals.list = refused(503);
    await pass(longerThanAPoll);
    expect(rows()).toEqual(['Message 1']);
    expect(screen.getByText(/The server cannot be reached/)).toBeVisible();
    api.refusals = {};
    await pass(POLL_INTERVAL * 5);
    expect(screen.queryByText(/The server cannot be reached/)).toBeNull();
  });

  it('takes the list away when the right to see it is gone', async () => {
    const api = new InMemoryNotifications(many(1));
    renderPage(api);
    await untilLoaded();
    api.refusals.list = refused(403);
    await pass(longerThanAPoll);
    expect(screen.getByRole('alert')).toHaveTextContent(
      'You have no access to notifications',
    );
    expect(screen.queryByText('Message 1')).toBeNull();
  });
});
