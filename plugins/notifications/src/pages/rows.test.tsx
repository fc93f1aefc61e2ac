import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aNotification, InMemoryNotifications, refused } from '../testing';
import { address, renderPage, row, rows } from './__testUtils__/renderPage';

jest.setTimeout(30_000);
Element.prototype.scrollIntoView = jest.fn();

const button = (name: string) => ({ name, exact: true } as const);
const press = async (title: string, name: string) =>
  userEvent.click((await row(title)).getByRole('button', button(name)));

describe('a row', () => {
  it('says how severe it is, and what became of it, in words', async () => {
    renderPage(
      new InMemoryNotifications([
        aNotification(1, { severity: 'critical', type: 'error' }),
        aNotification(2, { severity: 'normal' }),
      ]),
    );
    const critical = await row('Message 1');
    expect(critical.getByText('Critical')).toBeVisible();
    expect(critical.getByText('Error')).toBeInTheDocument();
    const normal = await row('Message 2');
    expect(normal.queryByText('Normal')).toBeNull();
  });

  it('has its link at its title, unless the link is not safe', async () => {
    renderPage(
      new InMemoryNotifications([
        aNotification(1, { link: 'https://example.com/a' }),
        // eslint-disable-next-line no-script-url
        aNotification(2, { link: 'javascript:alert(1)' }),
      ]),
    );
    expect(
      (await row('Message 1')).getByRole('link', { name: 'Message 1' }),
    ).toHaveAttribute('href', 'https://example.com/a');
    expect((await row('Message 2')).queryByRole('link')).toBeNull();
  });

  it('says what manual it is about, and that it was changed', async () => {
    renderPage(
      new InMemoryNotifications([
        aNotification(1, {
          solution: 'ZCP',
          document_title: 'Getting started',
          updated: '2026-11-22T09:00:00.000Z',
          corrected: '2026-11-22T10:00:00.000Z',
        }),
      ]),
    );
    const only = await row('Message 1');
    expect(only.getByText('ZCP › Getting started')).toBeVisible();
    expect(only.getByText(/^Updated/)).toBeVisible();
    expect(only.getByText(/^Corrected/)).toBeVisible();
  });

  it('shows Markdown, but no HTML, no images and no unsafe links', async () => {
    renderPage(
      new InMemoryNotifications([
        aNotification(1, {
          message: [
            '# Big',
            '**bold** <b>html</b> <img src="https://evil.example.com/a.png" onerror="alert(1)">',
            '![a picture](https://evil.example.com/b.png)',
            '[good](https://example.com) [inside](/catalog) [bad](javascript:alert(1)) [worse](//evil.example.com)',
            '- [x] done',
          ].join('\n\n'),
        }),
      ]),
    );
    const only = await row('Message 1');
    expect(only.getByText('bold').tagName).toBe('STRONG');
    expect(only.getAllByRole('heading')).toHaveLength(1);
    expect(only.queryByRole('img')).toBeNull();
    expect(
      document.querySelector('li img, li b, p input, ul ul input'),
    ).toBeNull();
    expect(only.getByText(/a picture/)).toBeVisible();
    expect(
      only.getAllByRole('link').map(link => link.getAttribute('href')),
    ).toEqual(['https://example.com', '/catalog']);
    expect(only.getByText(/bad worse/)).toBeVisible();
    expect(only.getByText(/☑/)).toBeVisible();
  });
});

describe('saving', () => {
  it('keeps a message, which is then among the saved ones', async () => {
    const api = new InMemoryNotifications([aNotification(1), aNotification(2)]);
    renderPage(api);
    await press('Message 1', 'Save');
    expect(
      (await row('Message 1')).getByRole('button', button('Remove from saved')),
    ).toBeVisible();
    await waitFor(() => expect(api.messages[0].saved).toBe(true));
    await userEvent.click(screen.getByRole('tab', { name: /^Saved/ }));
    await waitFor(() => expect(rows()).toEqual(['Message 1']));
    expect(address()).toBe('?tab=saved');
  });

  it('is taken back and explained when the server refuses', async () => {
    const api = new InMemoryNotifications([aNotification(1)]);
    api.refusals.updateSaved = refused(503);
    renderPage(api);
    await press('Message 1', 'Save');
    expect(await screen.findByRole('alert')).toHaveTextContent('Not saved');
    expect(
      (await row('Message 1')).getByRole('button', button('Save')),
    ).toBeVisible();
  });

  it('takes what is kept no more from the saved ones, and puts it back', async () => {
    const api = new InMemoryNotifications([
      aNotification(1, { saved: true }),
      aNotification(2, { saved: true, archived: true, readByUser: true }),
      aNotification(3),
    ]);
    renderPage(api, '/?tab=saved');
    await row('Message 1');
    expect(rows()).toEqual(['Message 2', 'Message 1']);
    await press('Message 1', 'Remove from saved');
    await waitFor(() => expect(rows()).toEqual(['Message 2']));
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(rows()).toEqual(['Message 2', 'Message 1']));
    await waitFor(() => expect(api.messages[0].saved).toBe(true));
  });
});

describe('archiving', () => {
  it('takes a message from the list at once, and says so', async () => {
    const api = new InMemoryNotifications([aNotification(1), aNotification(2)]);
    renderPage(api);
    await press('Message 2', 'Archive');
    expect(rows()).toEqual(['Message 1']);
    expect(await screen.findByText('1 message archived')).toBeVisible();
    await waitFor(() =>
      expect(api.messages[1]).toMatchObject({
        archived: true,
        readByUser: true,
      }),
    );
    await userEvent.click(screen.getByRole('radio', { name: 'Archived' }));
    await waitFor(() => expect(rows()).toEqual(['Message 2']));
    expect(address()).toBe('?view=archived');
  });

  it('can be undone, and the message is unread as it was', async () => {
    const api = new InMemoryNotifications([aNotification(1), aNotification(2)]);
    renderPage(api);
    await press('Message 2', 'Archive');
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(rows()).toEqual(['Message 2', 'Message 1']));
    await waitFor(() =>
      expect(api.messages[1]).toMatchObject({
        archived: false,
        readByUser: false,
      }),
    );
    expect(screen.queryByText('1 message archived')).toBeNull();
  });

  it('comes back and is explained when the server refuses', async () => {
    const api = new InMemoryNotifications([aNotification(1), aNotification(2)]);
    api.refusals.updateArchived = refused(403);
    renderPage(api);
    await press('Message 2', 'Archive');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'not change their marks',
    );
    expect(rows()).toEqual(['Message 2', 'Message 1']);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(
      (await row('Message 2')).getByRole('button', button('Mark as read')),
    ).toBeVisible();
  });

  it('is taken back in the archive', async () => {
    const archived = { archived: true, readByUser: true };
    const api = new InMemoryNotifications([
      aNotification(1, archived),
      aNotification(2, archived),
    ]);
    renderPage(api, '/?view=archived');
    await press('Message 1', 'Take out of the archive');
    await waitFor(() => expect(rows()).toEqual(['Message 2']));
    await press('Message 2', 'Mark as unread');
    expect(
      await screen.findByRole('heading', { name: 'The archive is empty' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(api.messages.map(({ archived: is }) => is)).toEqual([
        false,
        false,
      ]),
    );
  });

  it('is still in the archive when the server refuses to make it unread', async () => {
    const api = new InMemoryNotifications([
      aNotification(1, { archived: true, readByUser: true }),
    ]);
    api.refusals.updateRead = refused(403);
    renderPage(api, '/?view=archived');
    await press('Message 1', 'Mark as unread');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'not change their marks',
    );
    await waitFor(() => expect(rows()).toEqual(['Message 1']));
    await (
      await row('Message 1')
    ).findByRole('button', button('Mark as unread'));
  });

  it('hands the focus to the row that takes the place', async () => {
    renderPage(
      new InMemoryNotifications([
        aNotification(1),
        aNotification(2),
        aNotification(3),
      ]),
    );
    const archive = async (title: string) =>
      (await row(title)).getByRole('button', button('Archive'));
    (await archive('Message 2')).focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(rows()).toEqual(['Message 3', 'Message 1']));
    expect(await archive('Message 1')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(rows()).toEqual(['Message 3']));
    expect(await archive('Message 3')).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'No notifications yet' });
    expect(document.body).not.toHaveFocus();
  });

  it('fetches the next page when all rows that are loaded are gone', async () => {
    const api = new InMemoryNotifications(
      Array.from({ length: 27 }, (_, index) =>
        aNotification(index + 1, { topic: `topic ${index}` }),
      ),
    );
    renderPage(api);
    await row('Message 27');
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select all shown' }),
    );
    const bar = within(
      screen.getByRole('group', {
        name: 'What to do with the selected messages',
      }),
    );
    await userEvent.click(bar.getByRole('button', button('Archive')));
    await waitFor(() => expect(rows()).toEqual(['Message 2', 'Message 1']));
    expect(screen.getByText('25 messages archived')).toBeVisible();
  });
});

describe('the link of a message', () => {
  it('is copied, and said to be', async () => {
    renderPage(new InMemoryNotifications([aNotification(1)]));
    const user = userEvent.setup();
    const writeText = jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockResolvedValue();
    const only = await row('Message 1');
    await user.click(only.getByRole('button', button('Copy link')));
    expect(await only.findByRole('status')).toHaveTextContent('Link copied');
    expect(writeText).toHaveBeenCalledWith(
      `http://localhost/?id=${aNotification(1).id}`,
    );
  });

  it('stands in the address bar where the browser does not let the page copy', async () => {
    renderPage(new InMemoryNotifications([aNotification(1)]));
    const user = userEvent.setup();
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new Error('not allowed'));
    const only = await row('Message 1');
    await user.click(only.getByRole('button', button('Copy link')));
    await waitFor(() => expect(address()).toBe(`?id=${aNotification(1).id}`));
  });
});
