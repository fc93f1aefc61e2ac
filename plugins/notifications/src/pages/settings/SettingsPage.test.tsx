import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aNotification, InMemoryNotifications, refused } from '../../testing';
import { renderPage } from '../__testUtils__/renderPage';

jest.setTimeout(30_000);

function inbox(): InMemoryNotifications {
  return new InMemoryNotifications([
    aNotification(1, { origin: 'ci', topic: 'builds' }),
    aNotification(2, { origin: 'ci', topic: 'tests' }),
    aNotification(3, { origin: 'security', topic: undefined }),
  ]);
}
const toggle = (name: string) => screen.findByRole('switch', { name });
const CI = 'Portal: messages from ci';

async function openSettings(api: InMemoryNotifications, ...may: string[]) {
  renderPage(api, '/?tab=settings', may);
  await toggle(CI);
}

describe('what one is told of', () => {
  it('is saved as it is switched', async () => {
    const api = inbox();
    await openSettings(api);
    await userEvent.click(await toggle(CI));
    expect(
      await screen.findByText('Saved', { selector: '[role=status]' }),
    ).toBeVisible();
    expect(await toggle(CI)).not.toBeChecked();
    expect(api.rules).toEqual([
      { channel: 'web', origin: 'ci', enabled: false },
    ]);
    expect(await api.countNotifications()).toBe(1);

    await userEvent.click(
      screen.getByRole('button', { name: 'Back to the default' }),
    );
    await waitFor(() => expect(api.rules).toEqual([]));
    expect(await toggle(CI)).toBeChecked();
  });

  it('goes down to a topic', async () => {
    const api = inbox();
    await openSettings(api);
    await userEvent.click(screen.getByRole('button', { name: '2 topics' }));
    await userEvent.click(await toggle('Portal: tests from ci'));
    await waitFor(() =>
      expect(api.rules).toEqual([
        { channel: 'web', origin: 'ci', topic: 'tests', enabled: false },
      ]),
    );
    expect(await toggle('Portal: builds from ci')).toBeChecked();
    expect(await toggle(CI)).toBeChecked();
  });

  it('has a switch for every channel', async () => {
    const api = inbox();
    api.channels = ['web', 'email'];
    await openSettings(api);
    await userEvent.click(await toggle('email: messages from ci'));
    await waitFor(() =>
      expect(api.rules).toEqual([
        { channel: 'email', origin: 'ci', enabled: false },
      ]),
    );
    expect(await toggle(CI)).toBeChecked();
  });

  it('is back as it was when the server refuses, and says so', async () => {
    const api = inbox();
    api.refusals.updatePreferences = refused(503, 'The database is away');
    await openSettings(api);
    await userEvent.click(await toggle(CI));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Not saved');
    expect(alert).toHaveTextContent('The database is away');
    expect(await toggle(CI)).toBeChecked();
  });

  it('locks what is mandatory, and says why', async () => {
    const api = inbox();
    api.defaults = {
      rules: [{ channel: 'web', origin: 'ci', enabled: false }],
      mandatoryOrigins: ['security'],
    };
    await openSettings(api);
    const locked = await toggle('Portal: messages from security');
    expect(locked).toBeDisabled();
    expect(locked).toBeChecked();
    expect(screen.getByText('Required: cannot be switched off')).toBeVisible();
    expect(await toggle(CI)).not.toBeChecked();
    expect(screen.getByText('By default')).toBeVisible();
  });

  it('shows rules about what is not listed, and takes them away', async () => {
    const api = inbox();
    api.rules = [
      { channel: 'web', origin: 'gone', enabled: false },
      { channel: 'web', topic: 'noise', enabled: false },
    ];
    await openSettings(api);
    expect(screen.getByText('gone')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', {
        name: 'Remove the rule about Any origin › noise',
      }),
    );
    await waitFor(() => expect(api.rules).toHaveLength(1));
    expect(screen.getByText('gone')).toBeVisible();
  });

  it('sends the last of many changes that were made at once, and loses none', async () => {
    const api = inbox();
    const open: (() => void)[] = [];
    const update = api.updatePreferences.bind(api);
    jest.spyOn(api, 'updatePreferences').mockImplementation(async wanted => {
      await new Promise<void>(resolve => open.push(resolve));
      return update(wanted);
    });
    await openSettings(api);
    await userEvent.click(await toggle(CI));
    await userEvent.click(await toggle('Portal: messages from security'));
    await waitFor(() => expect(open).toHaveLength(1));
    open[0]();
    await waitFor(() => expect(open).toHaveLength(2));
    open[1]();
    await waitFor(() => expect(api.rules).toHaveLength(2));
    expect(api.updatePreferences).toHaveBeenCalledTimes(2);
  });

  it('says so where it cannot be known', async () => {
    const api = inbox();
    api.refusals.getPreferences = refused(503);
    renderPage(api, '/?tab=settings');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'could not be loaded',
    );
  });

  it('shows nothing of the defaults to who does not administer', async () => {
    await openSettings(inbox());
    expect(screen.queryByText('Defaults for everybody')).toBeNull();
  });
});

describe('how one is told', () => {
  it('keeps the choice', async () => {
    await openSettings(inbox());
    const counter = await toggle(
      'Unread number in the title of the browser tab',
    );
    await waitFor(() => expect(counter).toBeEnabled());
    expect(counter).toBeChecked();
    await userEvent.click(counter);
    await waitFor(() => expect(counter).not.toBeChecked());
    expect(
      await screen.findByText('Saved', { selector: '[role=status]' }),
    ).toBeVisible();
  });

  it('says where the browser cannot notify', async () => {
    await openSettings(inbox());
    const section = within(
      screen.getByRole('region', { name: 'How you are told' }),
    );
    expect(section.getByText(/does not offer them/)).toBeVisible();
    expect(await toggle('Notifications of this browser')).toBeDisabled();
  });
});
