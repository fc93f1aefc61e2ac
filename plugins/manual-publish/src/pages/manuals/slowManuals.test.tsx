import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aManual, aRoot } from '../../__testUtils__/examples';
import { ManualsServer } from '../../__testUtils__/ManualsServer';
import { renderPages } from '../../__testUtils__/renderPages';

jest.setTimeout(60_000);

/** Longer than the page waits before it asks again. */
const ASKED_AGAIN = { timeout: 15_000 };

describe('the page of the manuals, where Notion takes its time', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
  });
  afterEach(() => server.stop());

  const progress = () =>
    screen.queryByRole('progressbar', { name: 'Reading from Notion' });
  const page = (title: string) =>
    screen.findByRole('row', { name: new RegExp(title) }, ASKED_AGAIN);
  const orders = () =>
    server.calls
      .filter(({ path }) => path.startsWith('/manuals'))
      .map(({ path }) => path.includes('refresh=true'));

  it('shows that the first pages are being read, and the pages once they are', async () => {
    server.readings = [{ name: 'ZCP', read_at: null, refreshing: true }];
    renderPages(server, '');
    expect(
      await screen.findByText(/The pages appear here as soon as/),
    ).toBeVisible();
    expect(progress()).toBeVisible();
    expect(screen.queryByText('No pages')).toBeNull();
    expect(screen.queryByText('0 pages')).toBeNull();
    server.manuals = [aRoot(), aManual(1, { title: 'Networking' })];
    server.readings = [];
    expect(await page('Networking')).toBeVisible();
    expect(progress()).toBeNull();
    expect(screen.getByRole('button', { name: 'Read again' })).toBeEnabled();
  });

  it('keeps the pages it has while they are read anew, and asks with the order until they are', async () => {
    const before = { name: 'ZCP', read_at: '2026-11-22T10:00:00.000Z' };
    server.manuals = [aRoot(), aManual(1, { title: 'Networking' })];
    server.readings = [before];
    renderPages(server, '');
    await page('Networking');
    server.readings = [{ ...before, refreshing: true }];
    await userEvent.click(screen.getByRole('button', { name: 'Read again' }));
    expect(
      await screen.findByText(/These are the pages as they were known/),
    ).toBeVisible();
    expect(progress()).toBeVisible();
    expect(await page('Networking')).toBeVisible();
    // A reading that was begun meanwhile is nobody's order any more.
    const after = { name: 'ZCP', read_at: '2026-11-22T10:00:20.000Z' };
    server.manuals = [...server.manuals, aManual(2, { title: 'Brand new' })];
    server.readings = [{ ...after, refreshing: true }];
    expect(await page('Brand new')).toBeVisible();
    server.readings = [after];
    await waitFor(() => expect(progress()).toBeNull(), ASKED_AGAIN);
    expect(orders()).toEqual([false, true, true, false]);
  });

  it('says why where the first reading fails in the end, and tries again when told to', async () => {
    server.readings = [{ name: 'ZCP', read_at: null, refreshing: true }];
    renderPages(server, '');
    await screen.findByText(/The pages appear here as soon as/);
    server.refuse(/^\/manuals$/, 503, 'Notion answers 502');
    expect(
      await screen.findByText('Notion answers 502', {}, ASKED_AGAIN),
    ).toBeVisible();
    expect(progress()).toBeNull();
    server.manuals = [aRoot()];
    server.readings = [];
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await page('Cloud platform')).toBeVisible();
  });

  it('goes on after a fault on the way, and no longer where Notion cannot be asked', async () => {
    const read_at = '2026-11-22T10:00:00.000Z';
    server.manuals = [aRoot()];
    server.readings = [{ name: 'ZCP', read_at, refreshing: true }];
    renderPages(server, '');
    await page('Cloud platform');
    server.refuse(/^\/manuals$/, 502, 'Bad gateway');
    expect(
      await screen.findByText(/Bad gateway/, {}, ASKED_AGAIN),
    ).toBeVisible();
    expect(progress()).toBeVisible();
    server.refuse(/^\/manuals$/, 503, 'The token is missing');
    expect(
      await screen.findByText(/The token is missing/, {}, ASKED_AGAIN),
    ).toBeVisible();
    expect(progress()).toBeNull();
  });
});
