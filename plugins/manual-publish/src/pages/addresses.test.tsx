import { screen } from '@testing-library/react';
import { ManualsServer } from '../__testUtils__/ManualsServer';
import { renderPages } from '../__testUtils__/renderPages';

jest.setTimeout(60_000);

describe('an address that leads nowhere', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
  });
  afterEach(() => server.stop());

  it('is called so, with the tabs that lead on', async () => {
    renderPages(server, '/nowhere');
    expect(
      await screen.findByText('There is no such thing any more'),
    ).toBeVisible();
    expect(screen.getByRole('tab', { name: 'Manuals' })).toHaveAttribute(
      'href',
      '/docs',
    );
  });

  it('names no publication where it has no id of one, and asks nobody', async () => {
    renderPages(server, '/jobs/latest');
    expect(
      await screen.findByText('There is no such publication'),
    ).toBeVisible();
    expect(server.calls.filter(({ path }) => /latest/.test(path))).toEqual([]);
  });
});
