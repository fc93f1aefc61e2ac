import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aJob, aManual, aRoot, pageId } from '../__testUtils__/examples';
import { ManualsServer } from '../__testUtils__/ManualsServer';
import { address, renderPages } from '../__testUtils__/renderPages';

jest.setTimeout(60_000);

/** Without time between two clicks. */
const atOnce = userEvent.setup({ delay: null });

const ESTIMATE = {
  pages: [
    { id: pageId(2), title: 'Ports', change: 'changed' as const },
    { id: pageId(9), title: 'Old notes', change: 'removed' as const },
  ],
  languages: [{ language: 'ko', segments: 120, remembered: 100 }],
  input_tokens: 4_200,
  output_tokens: 5_300,
  cost_usd: 0.05,
};

describe('publishing', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
    server.manuals = [
      aRoot(),
      aManual(1, { title: 'Networking', is_folder: true }),
      aManual(2, { title: 'Ports', parent_id: pageId(1), changed: true }),
    ];
  });
  afterEach(() => server.stop());

  const open = async (button: RegExp | string = 'Publish ZCP') => {
    renderPages(server, '');
    await userEvent.click(await screen.findByRole('button', { name: button }));
    return within(await screen.findByRole('dialog'));
  };
  const button = (name: string) => screen.getByRole('button', { name });
  /** A browser keeps the focus in the dialog by itself where what had it is gone. */
  const escape = () => {
    act(() => button('Cancel').focus());
    return userEvent.keyboard('{Escape}');
  };
  const cancels = () =>
    server.calls.filter(({ path }) => /^\/jobs\/.*\/cancel$/.test(path));
  const asked = () =>
    server.calls
      .filter(({ path }) => path === '/publish')
      .map(({ body }) => body);

  it('shows what would change and cost before anything is written', async () => {
    server.onPublish = job => {
      if (job.dry_run) {
        server.change(job.id, { status: 'COMPLETED', estimate: ESTIMATE });
      }
    };
    const dialog = await open();
    await userEvent.click(dialog.getByRole('checkbox', { name: 'German' }));
    await userEvent.click(dialog.getByRole('checkbox', { name: 'Chinese' }));
    await userEvent.click(
      dialog.getByRole('button', { name: 'See what would change' }),
    );
    expect(await dialog.findByText('Old notes')).toBeVisible();
    expect(dialog.getByText('Removed')).toBeVisible();
    expect(
      dialog.getByRole('row', { name: /Korean 120 100 20/ }),
    ).toBeVisible();
    expect(dialog.getByText('4,200 in, 5,300 out')).toBeVisible();
    expect(dialog.getByText('$0.05')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Publish' }));
    await waitFor(() => expect(address()).toMatch(/^\/docs\/jobs\//));
    await waitFor(() =>
      expect(
        screen.queryByRole('heading', { name: 'Cloud platform' }),
      ).toHaveFocus(),
    );
    const common = {
      notion_page_id: pageId(1_000),
      selected_solution: 'ZCP',
      target_languages: ['ko', 'ja', 'de'],
    };
    expect(asked()).toEqual([{ ...common, dry_run: true }, common]);
  });

  it('says that it costs nothing where no translator is paid, and no tokens', async () => {
    server.onPublish = job =>
      server.change(job.id, {
        status: 'COMPLETED',
        estimate: {
          pages: ESTIMATE.pages,
          languages: ESTIMATE.languages,
          input_tokens: 0,
          output_tokens: 0,
        },
      });
    const dialog = await open();
    await userEvent.click(
      dialog.getByRole('button', { name: 'See what would change' }),
    );
    expect(await dialog.findByText('It costs nothing.')).toBeVisible();
    expect(dialog.queryByText('Tokens')).toBeNull();
    expect(dialog.queryByText('The configuration says no prices.')).toBeNull();
  });

  it('publishes a page that is selected, with all below it, anew where that is wanted', async () => {
    renderPages(server, '');
    await userEvent.click(
      await screen.findByRole('row', { name: /Networking/ }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Publish these 2 pages' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Advanced' }));
    await userEvent.click(
      dialog.getByRole('checkbox', { name: 'Publish unchanged pages as well' }),
    );
    await userEvent.click(
      dialog.getByRole('checkbox', {
        name: 'Change addresses to today’s titles',
      }),
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Publish without looking' }),
    );
    await waitFor(() => expect(address()).toMatch(/^\/docs\/jobs\//));
    expect(asked()).toEqual([
      {
        notion_page_id: pageId(1),
        selected_solution: 'ZCP',
        target_languages: ['ko', 'ja', 'zh'],
        force: true,
        update_slugs: true,
      },
    ]);
  });

  it.each(['See what would change', 'Publish without looking'])(
    'starts one job where “%s” is clicked twice',
    async name => {
      const dialog = await open();
      await atOnce.dblClick(dialog.getByRole('button', { name }));
      await waitFor(() => expect(asked().length).toBeGreaterThan(0));
      await waitFor(() =>
        expect(screen.queryByRole('button', { name })).toBeNull(),
      );
      expect(asked()).toHaveLength(1);
    },
  );

  it('may be started again once it was refused', async () => {
    server.refuse(/publish/, 500, 'boom');
    const dialog = await open();
    const start = dialog.getByRole('button', {
      name: 'Publish without looking',
    });
    await userEvent.click(start);
    await dialog.findByText('The server refused: boom');
    await userEvent.click(start);
    await waitFor(() => expect(address()).toMatch(/^\/docs\/jobs\//));
    expect(asked()).toHaveLength(2);
  });

  it('says at the languages that one is needed, and asks nobody', async () => {
    const dialog = await open();
    for (const name of ['Korean', 'Japanese', 'Chinese']) {
      await userEvent.click(dialog.getByRole('checkbox', { name }));
    }
    await userEvent.click(
      dialog.getByRole('button', { name: 'See what would change' }),
    );
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Choose at least one language.',
    );
    expect(asked()).toEqual([]);
  });

  it('says a refusal where it belongs', async () => {
    server.refuse(/publish/, 400, 'target_languages: "zh" is not available');
    server.refuse(/publish/, 503, 'manualPublish.repository.url is missing');
    const dialog = await open();
    const start = () =>
      userEvent.click(
        dialog.getByRole('button', { name: 'See what would change' }),
      );
    await start();
    expect(
      await dialog.findByText(
        'The server does not take this choice of languages: target_languages: "zh" is not available',
      ),
    ).toBeVisible();
    await start();
    expect(
      await dialog.findByText(
        'The portal is not set up for this: manualPublish.repository.url is missing',
      ),
    ).toBeVisible();
  });

  it.each([
    ['Cancel', () => userEvent.click(button('Cancel'))],
    ['Back', () => userEvent.click(button('Back'))],
    ['the cross', () => userEvent.click(button('Close'))],
    ['the key Escape', () => escape()],
  ])('cancels a dry run that is left early by %s', async (_, leave) => {
    const dialog = await open();
    await userEvent.click(
      dialog.getByRole('button', { name: 'See what would change' }),
    );
    await dialog.findByText('Nothing is written yet.');
    await leave();
    await waitFor(() => expect(cancels()).toHaveLength(1));
  });

  it('leaves a dry run alone that is over', async () => {
    server.onPublish = job =>
      server.change(job.id, { status: 'COMPLETED', estimate: ESTIMATE });
    const dialog = await open();
    await userEvent.click(
      dialog.getByRole('button', { name: 'See what would change' }),
    );
    await dialog.findByText('Old notes');
    await escape();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    // The next call would come after it.
    await userEvent.click(button('Read again'));
    await waitFor(() =>
      expect(server.calls.at(-1)?.path).toContain('refresh=true'),
    );
    expect(cancels()).toEqual([]);
  });

  it('says why what would change could not be found out', async () => {
    server.onPublish = job =>
      server.change(job.id, {
        status: 'FAILED',
        failure: { reason: 'PAGE_NOT_FOUND', detail: 'object_not_found' },
      });
    const dialog = await open();
    await userEvent.click(
      dialog.getByRole('button', { name: 'See what would change' }),
    );
    expect(await dialog.findByRole('alert')).toHaveTextContent(
      'Notion does not show the page',
    );
    expect(dialog.getByRole('button', { name: 'Publish' })).toBeDisabled();
  });

  it('shows what a new language costs where no page changes', async () => {
    const languages = [{ language: 'fr', segments: 120, remembered: 0 }];
    server.onPublish = job => {
      const estimate = { ...ESTIMATE, pages: [], languages };
      server.change(job.id, { status: 'COMPLETED', estimate });
    };
    const dialog = await open();
    await userEvent.click(
      dialog.getByRole('button', { name: 'See what would change' }),
    );
    expect(
      await dialog.findByRole('row', { name: /French 120 0 120/ }),
    ).toBeVisible();
    expect(dialog.getByText('4,200 in, 5,300 out')).toBeVisible();
    expect(dialog.queryByText(/would make no commit/)).toBeNull();
    expect(dialog.queryByText('What changes')).toBeNull();
  });

  it('publishes what a dry run has looked at, from its page', async () => {
    const dryRun = server.addJob(
      aJob({
        status: 'COMPLETED',
        dry_run: true,
        target_languages: ['ko'],
        estimate: ESTIMATE,
        may: { cancel: false, retry: false },
      }),
    );
    renderPages(server, `/jobs/${dryRun.id}`);
    expect(
      await screen.findAllByRole('heading', { name: /^What changes/ }),
    ).toHaveLength(1);
    // Twice, which is once.
    await atOnce.dblClick(
      await screen.findByRole('button', { name: 'Publish this' }),
    );
    await waitFor(() => expect(address()).not.toContain(dryRun.id));
    expect(asked()).toEqual([
      {
        notion_page_id: pageId(1_000),
        selected_solution: 'ZCP',
        target_languages: ['ko'],
      },
    ]);
  });
});
