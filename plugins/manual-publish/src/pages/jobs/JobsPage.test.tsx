import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aJob } from '../../__testUtils__/examples';
import { ManualsServer } from '../../__testUtils__/ManualsServer';
import { address, renderPages } from '../../__testUtils__/renderPages';

jest.setTimeout(60_000);

const job = (number: number, changes: Parameters<typeof aJob>[0] = {}) =>
  aJob({
    id: `11111111-1111-4111-8111-${String(number).padStart(12, '0')}`,
    title: `Job ${number}`,
    status: 'COMPLETED',
    created_at: new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString(),
    ...changes,
  });

describe('the list of publications', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
  });
  afterEach(() => server.stop());

  const titles = async () =>
    within(await screen.findByRole('list', { name: 'Publications' }))
      .getAllByRole('heading')
      .map(heading => heading.textContent);

  it('shows the newest first, and more on demand', async () => {
    Array.from({ length: 25 }, (_, index) => server.addJob(job(index + 1)));
    renderPages(server, '/jobs');
    expect((await titles())[0]).toBe('Job 25');
    expect(await titles()).toHaveLength(20);
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    await waitFor(async () => expect(await titles()).toHaveLength(25));
    expect((await titles()).at(-1)).toBe('Job 1');
    expect(screen.getByText('That is all of them.')).toBeVisible();
  });

  it('keeps up with those that are under way, and with new ones', async () => {
    server.addJob(job(1, { status: 'EXPORTING' }));
    renderPages(server, '/jobs');
    expect(
      await screen.findByRole('progressbar', { name: 'Progress of “Job 1”' }),
    ).toBeInTheDocument();
    server.addJob(job(2));
    server.change(job(1).id, {
      status: 'FAILED',
      failure: { reason: 'REPO_ACCESS', detail: 'no' },
    });
    expect(
      await screen.findByText(
        'The repository cannot be reached',
        {},
        { timeout: 15_000 },
      ),
    ).toBeVisible();
    expect(await titles()).toEqual(['Job 2', 'Job 1']);
  });

  it('is filtered by state and by who asked, and the address keeps it', async () => {
    server.addJob(job(1, { requested_by: 'user:default/guest' }));
    server.addJob(job(2));
    server.addJob(job(3, { status: 'FAILED' }));
    renderPages(server, '/jobs?status=completed');
    expect(await titles()).toEqual(['Job 2', 'Job 1']);
    await userEvent.click(screen.getByRole('switch', { name: 'Only mine' }));
    await waitFor(async () => expect(await titles()).toEqual(['Job 1']));
    expect(address()).toBe('/docs/jobs?status=completed&by=me');
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(async () => expect(await titles()).toHaveLength(3));
  });

  it('is filtered by solution, also by one that is known no more, and the address keeps it', async () => {
    server.addJob(job(1));
    server.addJob(job(2, { solution: 'APIM' }));
    server.addJob(job(3, { solution: 'Former' }));
    renderPages(server, '/jobs?solution=Former');
    expect(await titles()).toEqual(['Job 3']);
    const choose = async (now: string, next: string) => {
      const field = screen.getByRole('button', { name: /Solution/ });
      await waitFor(() => expect(field).toHaveTextContent(now));
      await userEvent.click(field);
      await userEvent.click(screen.getByRole('option', { name: next }));
    };
    await choose('Former', 'APIM');
    await waitFor(async () => expect(await titles()).toEqual(['Job 2']));
    expect(address()).toBe('/docs/jobs?solution=APIM');
    await choose('APIM', 'Any solution');
    await waitFor(async () =>
      expect(await titles()).toEqual(['Job 3', 'Job 2', 'Job 1']),
    );
    expect(address()).toBe('/docs/jobs');
    await userEvent.click(screen.getByRole('button', { name: /Solution/ }));
    // What nobody knows any more is on offer only where it is chosen.
    expect(
      screen.getAllByRole('option').map(({ textContent }) => textContent),
    ).toEqual(['Any solution', 'ZCP', 'APIM', 'AMDP']);
  });

  it('leads to the manuals while there is nothing', async () => {
    renderPages(server, '/jobs');
    expect(
      await screen.findByRole('link', { name: 'Go to the manuals' }),
    ).toHaveAttribute('href', '/docs');
  });
});
