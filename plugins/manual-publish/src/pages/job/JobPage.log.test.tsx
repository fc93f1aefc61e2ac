import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aJob } from '../../__testUtils__/examples';
import { ManualsServer } from '../../__testUtils__/ManualsServer';
import { renderPages } from '../../__testUtils__/renderPages';

jest.setTimeout(60_000);

const { id } = aJob();
const AT = '2026-11-22T10:00:05.000Z';

const UNREAD = 'The log could not be read.';

/** Looks from now on, at every change of the page, whether words are on it; until somebody asks. */
function watchFor(words: string): () => boolean {
  let wasGone = false;
  const observer = new MutationObserver(() => {
    wasGone ||= screen.queryByText(words) === null;
  });
  const all = { childList: true, subtree: true, characterData: true };
  observer.observe(document.body, all);
  return () => {
    observer.disconnect();
    return wasGone;
  };
}

describe('the log of a publication', () => {
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
  const asked = () =>
    server.calls.filter(({ path }) => path.includes('/log')).length;

  it('has the whole log after it is loaded again, and of a job that has ended', async () => {
    server.addJob(aJob());
    server.tell(id, { type: 'log', at: AT, message: 'Long ago' });
    server.change(id, { status: 'COMPLETED', ended_at: AT });
    await open();
    expect(await screen.findByText('Long ago')).toBeVisible();
    expect(heading()).not.toHaveFocus();
  });

  it('has the log, too, where the stream is held back, to the last line', async () => {
    server.addJob(aJob());
    server.isHoldingBack = true;
    server.tell(id, { type: 'log', at: AT, message: 'Begun' });
    await open();
    await watched();
    expect(
      await screen.findByText('Begun', {}, { timeout: 15_000 }),
    ).toBeVisible();
    server.tell(id, { type: 'log', at: AT, message: 'Went on' });
    expect(
      await screen.findByText('Went on', {}, { timeout: 15_000 }),
    ).toBeVisible();
    // The job ends with a last line, at once.
    server.tell(id, { type: 'log', at: AT, message: 'Is done' });
    server.change(id, { status: 'COMPLETED', ended_at: AT });
    expect(
      await screen.findByText('Is done', {}, { timeout: 15_000 }),
    ).toBeVisible();
    expect(screen.getAllByText(/^(Begun|Went on|Is done)$/)).toHaveLength(3);
  }, 60_000);

  it('says where the log cannot be read, and goes on saying so when the job ends', async () => {
    server.addJob(aJob());
    server.isHoldingBack = true;
    server.refuseAll(/\/log$/, 403, 'no');
    await open();
    expect(
      await screen.findByText(UNREAD, {}, { timeout: 15_000 }),
    ).toBeVisible();
    const wasGone = watchFor(UNREAD);
    const before = asked();
    server.change(id, { status: 'COMPLETED', ended_at: AT });
    await waitFor(() => expect(asked()).toBeGreaterThan(before), {
      timeout: 15_000,
    });
    await screen.findByText('Published', {}, { timeout: 10_000 });
    expect(wasGone()).toBe(false);
  });

  it('reads a long log at once, and asks for more at its usual pace only', async () => {
    server.addJob(aJob());
    server.isHoldingBack = true;
    for (let line = 1; line <= 1_200; line += 1) {
      server.tell(id, { type: 'log', at: AT, message: `Line ${line}` });
    }
    await open();
    expect(
      await screen.findByText('Line 1200', {}, { timeout: 15_000 }),
    ).toBeInTheDocument();
    expect(screen.getByText('Line 1')).toBeInTheDocument();
    server.tell(id, { type: 'log', at: AT, message: 'Line 1201' });
    expect(
      await screen.findByText('Line 1201', {}, { timeout: 15_000 }),
    ).toBeInTheDocument();
    expect(asked()).toBe(3);
  });

  it('asks for the log, too, where somebody tries again', async () => {
    server.addJob(aJob());
    server.isHoldingBack = true;
    server.tell(id, { type: 'log', at: AT, message: 'Begun' });
    server.refuseAll(/\/log$/, 401, 'no');
    await open();
    await screen.findByText(UNREAD, {}, { timeout: 15_000 });
    server.refuseAll(/./, 401, 'no');
    const again = await screen.findByRole(
      'button',
      { name: 'Try again' },
      { timeout: 30_000 },
    );
    server.refuseNone();
    await userEvent.click(again);
    expect(
      await screen.findByText('Begun', {}, { timeout: 10_000 }),
    ).toBeVisible();
  });

  it('goes on saying so while it asks again, and has the log once it can be read', async () => {
    server.addJob(aJob());
    server.isHoldingBack = true;
    server.tell(id, { type: 'log', at: AT, message: 'Begun' });
    server.refuseAll(/\/log$/, 503, 'later');
    await open();
    await screen.findByText(UNREAD, {}, { timeout: 20_000 });
    const wasGone = watchFor(UNREAD);
    const before = asked();
    // Somebody comes back to the page, which does not wait for the next poll then.
    window.dispatchEvent(new Event('visibilitychange'));
    await waitFor(() => expect(asked()).toBeGreaterThan(before + 1), {
      timeout: 20_000,
    });
    expect(wasGone()).toBe(false);
    server.refuseNone();
    expect(
      await screen.findByText('Begun', {}, { timeout: 20_000 }),
    ).toBeVisible();
  });
});
