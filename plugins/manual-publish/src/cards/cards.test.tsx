import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useReducer } from 'react';
import { EntityManualCard, RecentJobsCard } from '..';
import { aJob, aManual, aRoot } from '../__testUtils__/examples';
import { ManualsServer } from '../__testUtils__/ManualsServer';
import { renderBefore } from '../__testUtils__/renderPages';

jest.setTimeout(60_000);

const anEntity = (solution: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'cloud',
    annotations: { 'herald.io/manual-solution': solution },
  },
});

describe('cards', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
    server.manuals = [aRoot(), aManual(1, { changed: true })];
    server.addJob(aJob({ status: 'EXPORTING' }));
  });
  afterEach(() => server.stop());

  it('of the home page leads to the publications, wherever they are', async () => {
    renderBefore(server, <RecentJobsCard path="/docs" />);
    expect(
      await screen.findByRole('link', { name: 'Cloud platform' }),
    ).toHaveAttribute('href', `/docs/jobs/${aJob().id}`);
    expect(screen.getByText('Exporting')).toBeVisible();
  });

  it('of an entity tells the state of its manual, and publishes it', async () => {
    renderBefore(
      server,
      <EntityProvider entity={anEntity('zcp')}>
        <EntityManualCard />
      </EntityProvider>,
    );
    expect(
      await screen.findByText('1 page has changed since it was published.'),
    ).toBeVisible();
    expect(
      await screen.findByRole('link', { name: 'Cloud platform' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Publish' }));
    expect(await screen.findByText('The whole of ZCP: 2 pages.')).toBeVisible();
  });

  it('of an entity says nothing of a manual whose pages are being read for the first time', async () => {
    server.manuals = [];
    server.readings = [{ name: 'ZCP', read_at: null, refreshing: true }];
    renderBefore(
      server,
      <EntityProvider entity={anEntity('zcp')}>
        <EntityManualCard />
      </EntityProvider>,
    );
    expect(
      await screen.findByRole('link', { name: 'Cloud platform' }),
    ).toBeVisible();
    await waitFor(() =>
      expect(server.calls.some(({ path }) => /manuals/.test(path))).toBe(true),
    );
    expect(screen.getByText('The manuals are being loaded')).toBeVisible();
    server.manuals = [aRoot({ changed: true })];
    server.readings = [];
    expect(
      await screen.findByText(/^1 page has changed/, {}, { timeout: 15_000 }),
    ).toBeVisible();
  });

  it('of an entity asks again where what is around it is drawn anew all the time', async () => {
    server.manuals = [];
    server.readings = [{ name: 'ZCP', read_at: null, refreshing: true }];
    function Restless() {
      const [, draw] = useReducer(count => count + 1, 0);
      useEffect(() => {
        const timer = setInterval(draw, 500);
        return () => clearInterval(timer);
      }, []);
      return <EntityManualCard />;
    }
    renderBefore(
      server,
      <EntityProvider entity={anEntity('zcp')}>
        <Restless />
      </EntityProvider>,
    );
    const asked = (what: RegExp) =>
      server.calls.filter(({ path }) => what.test(path)).length;
    await waitFor(
      () => {
        expect(asked(/manuals/)).toBeGreaterThan(1);
        // Of jobs the parts and the newest, and these again.
        expect(asked(/jobs\?/)).toBeGreaterThan(2);
      },
      { timeout: 15_000 },
    );
  });

  it('of an entity says that its solution is not known', async () => {
    renderBefore(
      server,
      <EntityProvider entity={anEntity('Nothing')}>
        <EntityManualCard />
      </EntityProvider>,
    );
    expect(
      await screen.findByText(
        'The annotation names “Nothing”, which is no solution of this portal.',
      ),
    ).toBeVisible();
  });
});
