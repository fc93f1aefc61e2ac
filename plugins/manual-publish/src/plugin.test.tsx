import {
  createExtensionTester,
  renderInTestApp as renderInNewApp,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { homePageWidgetDataRef } from '@backstage/plugin-home-react/alpha';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { ManualPublishClient } from '@herald/backstage-plugin-manual-publish-common';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { manualPublishApiRef, ManualPublishPage, manualPublishPlugin } from '.';
import { aJob, aRoot } from './__testUtils__/examples';
import { ManualsServer } from './__testUtils__/ManualsServer';
import plugin from './alpha';

jest.setTimeout(60_000);

describe('the plugin', () => {
  let server: ManualsServer;

  beforeEach(async () => {
    server = await ManualsServer.start();
    server.manuals = [aRoot()];
  });
  afterEach(() => server.stop());

  const client = () =>
    new ManualPublishClient({
      discoveryApi: server.discoveryApi,
      fetchApi: { fetch },
    });

  it('brings pages with a header, at /manual-publish', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/manual-publish'],
      apis: [[manualPublishApiRef, client()]],
    });
    expect(
      await screen.findByText('Cloud platform', {}, { timeout: 20_000 }),
    ).toBeVisible();
    expect(
      screen.getByRole('heading', { level: 1, name: 'Manuals' }),
    ).toBeInTheDocument();
  });

  it('brings a widget of the home page, which leads to the publications', async () => {
    server.addJob(aJob({ status: 'EXPORTING' }));
    const widget = createExtensionTester(
      plugin.getExtension('home-page-widget:manual-publish/recent-jobs'),
    ).get(homePageWidgetDataRef);
    expect(widget.title).toBe('Publications of manuals');
    renderInNewApp(widget.component, {
      apis: [[manualPublishApiRef, client()]],
    });
    expect(
      await screen.findByRole(
        'link',
        { name: 'Cloud platform' },
        { timeout: 20_000 },
      ),
    ).toHaveAttribute('href', `/manual-publish/jobs/${aJob().id}`);
    expect(screen.getByText('Exporting')).toBeVisible();
  });

  it('is a plain component on the old frontend system', async () => {
    await renderInTestApp(
      <TestApiProvider apis={[[manualPublishApiRef, client()]]}>
        <Routes>
          <Route path="/*" element={<ManualPublishPage />} />
        </Routes>
      </TestApiProvider>,
    );
    expect(await screen.findByText('Cloud platform')).toBeVisible();
    expect([...manualPublishPlugin.getApis()].map(({ api }) => api.id)).toEqual(
      [manualPublishApiRef.id],
    );
  });
});
