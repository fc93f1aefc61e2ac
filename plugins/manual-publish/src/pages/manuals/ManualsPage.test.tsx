import { randomUUID } from 'node:crypto';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aJob,
  aManual,
  aRoot,
  aSidebar,
  pageId,
} from '../../__testUtils__/examples';
import { ManualsServer } from '../../__testUtils__/ManualsServer';
import { address, renderPages } from '../../__testUtils__/renderPages';

jest.setTimeout(60_000);

const solutions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `S${index + 1}`,
    solution_type: `s${index + 1}`,
    root_page_id: pageId(1_000 + index),
  }));

describe('the page of the manuals', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
    server.manuals = [
      aRoot(),
      aManual(1, { title: 'Networking', is_folder: true }),
      aManual(2, { title: 'Ports', parent_id: pageId(1), changed: true }),
      aManual(3, { title: 'Storage', last_published: null, changed: true }),
      aManual(4, { title: 'Gateways', solution: 'APIM', parent_id: null }),
    ];
  });
  afterEach(() => server.stop());

  const tree = (solution = 'ZCP') =>
    screen.findByRole('treegrid', { name: `Pages of ${solution}` });
  const row = async (name: RegExp) =>
    within(await tree()).getByRole('row', { name });
  const rows = () =>
    screen.queryAllByRole('row').map(one => one.getAttribute('aria-label'));

  it('shows the pages of a solution with their state, and the way to Notion', async () => {
    renderPages(server, '');
    expect(await row(/Ports/)).toHaveTextContent('Changed');
    expect(await row(/Storage/)).toHaveTextContent('Not published');
    expect(await row(/Networking/)).toHaveTextContent('Published');
    expect(
      screen.getByRole('link', { name: 'Open “Ports” in Notion' }),
    ).toHaveAttribute('href', aManual(2).url);
    await userEvent.click(screen.getByRole('radio', { name: 'APIM' }));
    await tree('APIM');
    expect(screen.getByText('Gateways')).toBeVisible();
    expect(address()).toBe('/docs?solution=APIM');
  });

  it('lets choose from a list, by name, where the solutions are many', async () => {
    server.sidebar = aSidebar({ solutions: solutions(5) });
    const { unmount } = renderPages(server, '?solution=s2');
    expect(await screen.findByRole('radio', { name: 'S2' })).toBeChecked();
    expect(screen.getAllByRole('radio')).toHaveLength(5);
    unmount();

    server.sidebar = aSidebar({ solutions: solutions(12) });
    server.manuals = [
      aManual(5, { title: 'Gateways', solution: 'S11', parent_id: null }),
    ];
    renderPages(server, '?solution=s2&q=ports&state=changed');
    const picker = await screen.findByRole('button', { name: /Solutions/ });
    expect(picker).toHaveTextContent('S2');
    expect(screen.queryByRole('radio', { name: 'S2' })).toBeNull();
    await userEvent.click(picker);
    expect(screen.getAllByRole('option')).toHaveLength(12);
    await userEvent.type(screen.getByRole('searchbox'), '11');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await userEvent.click(screen.getByRole('option', { name: 'S11' }));
    expect(await tree('S11')).toHaveTextContent('Gateways');
    expect(address()).toBe('/docs?solution=S11');
  });

  it('folds and unfolds by the keyboard, and says what has changed below', async () => {
    renderPages(server, '');
    await row(/Ports/);
    await userEvent.click(await row(/Networking/));
    await userEvent.keyboard('{ArrowLeft}');
    await waitFor(() => expect(screen.queryByText('Ports')).toBeNull());
    expect(await row(/Networking/)).toHaveTextContent('1 change below');
    await userEvent.keyboard('{ArrowRight}');
    expect(await screen.findByText('Ports')).toBeVisible();
  });

  it('is filtered by text and by state, and the address keeps it', async () => {
    renderPages(server, '?state=changed');
    await row(/Ports/);
    expect(screen.queryByText('Storage')).toBeNull();
    expect(screen.getByText('1 of 4 pages')).toBeVisible();
    await userEvent.type(screen.getByRole('searchbox'), 'nothing like it');
    expect(await screen.findByText('Nothing matches')).toBeVisible();
    expect(address()).toContain('q=nothing+like+it');
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await row(/Storage/);
    expect(rows()).toHaveLength(4);
  });

  it('reads again when asked to, and warns where that fails', async () => {
    server.refreshed = [...server.manuals, aManual(5, { title: 'Brand new' })];
    renderPages(server, '');
    await row(/Ports/);
    await userEvent.click(screen.getByRole('button', { name: 'Read again' }));
    expect(await screen.findByText('Brand new')).toBeVisible();
    server.refuse(/^\/manuals$/, 503, 'Notion answers 502');
    await userEvent.click(screen.getByRole('button', { name: 'Read again' }));
    expect(await screen.findByText('This is an older list')).toBeVisible();
    expect(screen.getByText(/Notion answers 502/)).toBeVisible();
    expect(screen.getByText('Brand new')).toBeVisible();
  });

  it('warns where the server has an older tree, or none', async () => {
    const reading = { name: 'ZCP', error: 'API token is invalid.' };
    server.readings = [{ ...reading, read_at: '2026-11-20T10:00:00.000Z' }];
    const { unmount } = renderPages(server, '');
    expect(await screen.findByText('This is an older list')).toBeVisible();
    unmount();
    server.manuals = [];
    server.readings = [{ ...reading, read_at: null }];
    renderPages(server, '');
    expect(
      await screen.findByText('The pages could not be read'),
    ).toBeVisible();
    expect(screen.getByText('API token is invalid.')).toBeVisible();
  });

  it('says what is missing in the configuration', async () => {
    server.refuse(/^\/manuals$/, 503, 'manualPublish.notion.token is missing');
    renderPages(server, '');
    expect(
      await screen.findByText('manualPublish.notion.token is missing'),
    ).toBeVisible();
  });

  it('says that it is a demonstration, and only then', async () => {
    const { unmount } = renderPages(server, '');
    await row(/Ports/);
    expect(screen.queryByText('This is a demonstration')).toBeNull();
    unmount();
    server.sidebar = aSidebar({ demo: true });
    renderPages(server, '');
    expect(await screen.findByText('This is a demonstration')).toBeVisible();
  });

  it('says what is being published by anybody, and shows the pages as they are once that is done', async () => {
    const { id } = server.addJob(
      aJob({ title: 'Storage', requested_by: 'user:default/somebody' }),
    );
    server.addJob(
      aJob({ id: randomUUID(), title: 'Only tried', dry_run: true }),
    );
    renderPages(server, '');
    expect(await row(/Storage/)).toHaveTextContent('Not published');
    const underWay = await screen.findByRole('region', {
      name: 'Being published',
    });
    expect(
      within(underWay).getByRole('link', { name: 'Storage' }),
    ).toHaveAttribute('href', `/docs/jobs/${id}`);
    expect(within(underWay).queryByText('Only tried')).toBeNull();
    server.manuals = server.manuals.map(manual => ({
      ...manual,
      changed: false,
      last_published: '2026-11-22T10:00:00.000Z',
    }));
    server.change(id, { status: 'COMPLETED' });
    await waitFor(
      async () =>
        expect(await row(/Storage/)).toHaveTextContent(/Storage ?Published/),
      { timeout: 20_000 },
    );
    expect(
      screen.queryByRole('region', { name: 'Being published' }),
    ).toBeNull();
  });

  it('offers publishing to who may', async () => {
    renderPages(server, '', { mayPublish: false });
    await row(/Ports/);
    expect(await screen.findByText('You may not publish ZCP.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Publish/ })).toBeNull();
  });
});
