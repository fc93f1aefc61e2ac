import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aJob, aProgress } from '../../__testUtils__/examples';
import { ManualsServer } from '../../__testUtils__/ManualsServer';
import { address, renderPages } from '../../__testUtils__/renderPages';

jest.setTimeout(60_000);

/** Without time between two clicks. */
const atOnce = userEvent.setup({ delay: null });

const { id } = aJob();
const AT = '2026-11-22T10:00:05.000Z';

describe('the page of a publication', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
  });
  afterEach(() => server.stop());

  const open = async () => {
    renderPages(server, `/jobs/${id}`);
    await screen.findByRole('heading', { name: 'Cloud platform', level: 2 });
  };
  const heading = () =>
    screen.queryByRole('heading', { name: 'Cloud platform', level: 2 });
  const watched = () => waitFor(() => expect(server.streams).toBe(1));

  it('shows what happens as it happens, and how it ends', async () => {
    server.addJob(aJob());
    await open();
    await watched();
    server.change(id, {
      status: 'EXPORTING',
      steps: [
        { status: 'STARTED', at: AT, ms: 400 },
        { status: 'EXPORTING', at: AT, ms: null },
      ],
    });
    expect(await screen.findByText('under way')).toBeInTheDocument();
    server.tell(id, {
      type: 'progress',
      progress: aProgress({
        pages: { done: 3, total: 12 },
        current: 'Networking',
      }),
      cost: aJob().cost,
    });
    server.tell(id, { type: 'log', at: AT, message: 'Networking is exported' });
    server.tell(id, {
      type: 'warning',
      warning: {
        code: 'link-outside',
        message: 'It leads outside',
        url: 'https://www.notion.so/x#y',
      },
    });
    await waitFor(() =>
      expect(
        screen.getByRole('progressbar', { name: 'Pages' }),
      ).toHaveAttribute('aria-valuetext', '3 of 12'),
    );
    expect(await screen.findByText('Networking is exported')).toBeVisible();
    expect(
      await screen.findByRole('link', { name: /Block in Notion/ }),
    ).toHaveAttribute('href', 'https://www.notion.so/x#y');
    await waitFor(() =>
      expect(document.title).toMatch(/^16 % · Cloud platform · /),
    );
    server.change(id, {
      status: 'COMPLETED',
      ended_at: AT,
      may: { cancel: false, retry: false },
      commits: [
        {
          sha: '0123456789abcdef',
          message: 'docs: publish',
          kind: 'export',
          url: 'https://git.example.com/c/0123456789abcdef',
        },
      ],
    });
    expect(await screen.findByText('Published')).toBeVisible();
    expect(screen.getByRole('link', { name: /0123456789/ })).toHaveAttribute(
      'href',
      'https://git.example.com/c/0123456789abcdef',
    );
    expect(document.title).toMatch(/^Done · /);
  });

  it('goes on after the connection was cut, and misses nothing', async () => {
    server.addJob(aJob());
    await open();
    await watched();
    server.tell(id, { type: 'log', at: AT, message: 'Before' });
    await screen.findByText('Before');
    server.endStreams();
    await waitFor(() => expect(server.streams).toBe(0));
    server.tell(id, { type: 'log', at: AT, message: 'Meanwhile' });
    expect(
      await screen.findByText('Meanwhile', {}, { timeout: 10_000 }),
    ).toBeVisible();
    expect(screen.getAllByText('Before')).toHaveLength(1);
  });

  it('asks now and then where the stream is held back', async () => {
    server.addJob(aJob());
    server.isHoldingBack = true;
    await open();
    await watched();
    server.change(id, { status: 'FAILED', failure: null, ended_at: AT });
    expect(
      await screen.findByText(
        'Something went wrong in the portal',
        {},
        { timeout: 15_000 },
      ),
    ).toBeVisible();
  });

  it.each([
    [403, 'You have no access to manuals'],
    [404, 'There is no such publication'],
    [500, /^The portal does not answer/],
  ])(
    'says so where the stream ends and the server answers %d, and keeps what is known',
    async (status, words) => {
      server.addJob(aJob());
      await open();
      await watched();
      server.refuseAll(/./, status, 'boom');
      server.endStreams();
      expect(
        await screen.findByText(words, {}, { timeout: 25_000 }),
      ).toBeVisible();
      expect(screen.queryByText(/asks every few seconds/)).toBeNull();
      expect(
        screen.getByRole('heading', { name: 'Cloud platform', level: 2 }),
      ).toBeVisible();
    },
  );

  it('goes on by itself once the server answers again', async () => {
    server.addJob(aJob());
    await open();
    await watched();
    server.refuseAll(/./, 500, 'boom');
    server.endStreams();
    const said = await screen.findByText(
      /^The portal does not answer/,
      {},
      { timeout: 25_000 },
    );
    server.refuseNone();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await watched();
    server.tell(id, { type: 'log', at: AT, message: 'Here again' });
    expect(await screen.findByText('Here again')).toBeVisible();
    await waitFor(() => expect(said).not.toBeInTheDocument());
  });

  it('says why it failed and what to do, and tries again', async () => {
    server.addJob(
      aJob({
        status: 'FAILED',
        steps: [
          { status: 'STARTED', at: AT, ms: 10 },
          { status: 'CHECKING_REPO', at: AT, ms: 10 },
          { status: 'FAILED', at: AT, ms: 0 },
        ],
        failure: {
          reason: 'REPO_ACCESS',
          detail: 'could not read Username',
          page_id: '0123abcd-0000-4000-8000-000000000000',
        },
        may: { cancel: false, retry: true },
      }),
    );
    await open();
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent('The repository cannot be reached');
    expect(alert).toHaveTextContent('manualPublish.repository.url');
    expect(alert).toHaveTextContent('could not read Username');
    expect(alert).toHaveTextContent('“Checking the repository”');
    expect(screen.getByText('failed here')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: /Open the page in Notion/ }),
    ).toHaveAttribute(
      'href',
      'https://www.notion.so/0123abcd000040008000000000000000',
    );
    // Twice, which is once.
    await atOnce.dblClick(screen.getByRole('button', { name: 'Try again' }));
    // The address of the job that failed looks like the other's.
    await waitFor(() => expect(address()).not.toContain(id));
    await waitFor(() =>
      expect(screen.queryByRole('heading', { name: 'ZCP' })).toHaveFocus(),
    );
    const retries = server.calls.filter(({ path }) => /retry$/.test(path));
    expect(retries).toHaveLength(1);
    expect(address()).toMatch(/^\/docs\/jobs\/[0-9a-f-]{36}$/);
  });

  it('cancels once that is confirmed, and offers it only to who may', async () => {
    server.addJob(aJob());
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel it' }),
    );
    expect(await screen.findByText('Nothing was pushed.')).toBeVisible();
    expect(heading()).toHaveFocus();
    expect(
      screen.queryByRole('button', { name: 'Cancel' }),
    ).not.toBeInTheDocument();
  });

  it('names the kinds of warnings in words, also those that it does not know', async () => {
    server.addJob(
      aJob({
        warnings: ['page-withheld', 'page-repainted'].map(code => ({
          code,
          message: 'Something is to be looked at',
        })),
        warning_count: 2,
      }),
    );
    await open();
    expect(
      screen.getByText('Pages not shared with the integration in Notion (1)'),
    ).toBeVisible();
    expect(screen.getByText('Page repainted (1)')).toBeVisible();
  });

  it('shows how far each language is, also those that have not begun or have nothing to do', async () => {
    server.addJob(
      aJob({
        status: 'TRANSLATING',
        progress: aProgress({
          pages: { done: 1_200, total: 1_200 },
          languages: [
            { language: 'ko', done: 30, total: 120, untranslated: 0 },
            { language: 'ja', done: 120, total: 120, untranslated: 3 },
          ],
        }),
      }),
    );
    await open();
    const bar = (name: string) => screen.getByRole('progressbar', { name });
    expect(bar('Pages')).toHaveAttribute('aria-valuetext', '1,200 of 1,200');
    expect(bar('Korean')).toHaveAttribute('aria-valuenow', '25');
    expect(bar('Korean')).toHaveAttribute('aria-valuetext', '30 of 120');
    expect(bar('Japanese')).toHaveAttribute(
      'aria-valuetext',
      '120 of 120 · 3 left in the source language',
    );
    expect(bar('Chinese')).toHaveAttribute('aria-valuenow', '0');
    expect(bar('Chinese')).toHaveAttribute('aria-valuetext', 'not begun');
    await watched();
    server.change(id, { status: 'COMPLETED' });
    await waitFor(() =>
      expect(bar('Chinese')).toHaveAttribute('aria-valuetext', 'nothing to do'),
    );
    expect(bar('Chinese')).toHaveAttribute('aria-valuenow', '100');
  });

  it('says what it waits for where another of its solution is under way', async () => {
    server.addJob(aJob({ status: 'QUEUED', started_at: null }));
    await open();
    expect(
      screen.getByText(
        'Another publication of ZCP is under way. This waits for it.',
      ),
    ).toBeVisible();
  });

  it('says what the server refuses', async () => {
    server.addJob(aJob({ may: { cancel: false, retry: true } }));
    server.refuse(/retry$/, 409, 'The job has not failed', 'ConflictError');
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText('That did not work: The job has not failed'),
    ).toBeVisible();
  });

  it('says that there is no such publication', async () => {
    renderPages(server, `/jobs/${id}`);
    expect(
      await screen.findByText('There is no such publication'),
    ).toBeVisible();
  });
});
