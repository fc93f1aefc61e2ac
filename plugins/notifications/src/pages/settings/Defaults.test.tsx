import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aNotification, InMemoryNotifications, refused } from '../../testing';
import { renderPage } from '../__testUtils__/renderPage';

jest.setTimeout(30_000);

const section = async () =>
  within(await screen.findByRole('region', { name: 'Defaults for everybody' }));

async function open(api: InMemoryNotifications) {
  renderPage(api, '/?tab=settings', ['notifications.administer']);
  const defaults = await section();
  await defaults.findByRole('switch', { name: 'Portal: messages from ci' });
  return defaults;
}

describe('defaults, for administrators', () => {
  it('are switched and saved', async () => {
    const api = new InMemoryNotifications([aNotification(1, { origin: 'ci' })]);
    const defaults = await open(api);
    await userEvent.click(
      defaults.getByRole('switch', { name: 'Portal: messages from ci' }),
    );
    await waitFor(() =>
      expect(api.defaults.rules).toEqual([
        { channel: 'web', origin: 'ci', enabled: false },
      ]),
    );
    await userEvent.click(
      defaults.getByRole('switch', {
        name: 'Required: nobody can switch ci off',
      }),
    );
    await waitFor(() => expect(api.defaults.mandatoryOrigins).toEqual(['ci']));
    expect(await defaults.findByText('Saved')).toBeVisible();
  });

  it('go for origins that the administrator has nothing from', async () => {
    const api = new InMemoryNotifications([aNotification(1, { origin: 'ci' })]);
    const defaults = await open(api);
    await userEvent.type(
      defaults.getByRole('textbox', { name: 'Another origin' }),
      'audit{Enter}',
    );
    await userEvent.click(
      await defaults.findByRole('switch', {
        name: 'Required: nobody can switch audit off',
      }),
    );
    await waitFor(() =>
      expect(api.defaults.mandatoryOrigins).toEqual(['audit']),
    );
  });

  it('are back as they were when the server refuses', async () => {
    const api = new InMemoryNotifications([aNotification(1, { origin: 'ci' })]);
    api.refusals.updateDefaults = refused(403);
    const defaults = await open(api);
    const ci = defaults.getByRole('switch', {
      name: 'Portal: messages from ci',
    });
    await userEvent.click(ci);
    expect(await defaults.findByRole('alert')).toHaveTextContent(
      'not change them',
    );
    expect(ci).toBeChecked();
  });
});
