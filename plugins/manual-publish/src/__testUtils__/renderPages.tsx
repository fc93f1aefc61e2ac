import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { ManualPublishClient } from '@herald/backstage-plugin-manual-publish-common';
import { screen } from '@testing-library/react';
import type { ReactElement } from 'react';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { Route, Routes, useLocation } from 'react-router-dom';
import { manualPublishApiRef } from '../api/manualPublishApi';
import { ManualPublishContent } from '../pages/ManualPublishContent';
import type { ManualsServer } from './ManualsServer';

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

export const address = () => screen.getByTestId('address').textContent;

/** Something in an app of its own, before a server. */
export function renderBefore(
  server: ManualsServer,
  element: ReactElement,
  options: { address?: string; mayPublish?: boolean } = {},
) {
  const { mayPublish = true } = options;
  return renderInTestApp(
    <>
      {element}
      <Address />
    </>,
    {
      initialRouteEntries: [options.address ?? '/'],
      apis: [
        [
          manualPublishApiRef,
          new ManualPublishClient({
            discoveryApi: server.discoveryApi,
            fetchApi: { fetch },
          }),
        ],
        [
          identityApiRef,
          mockApis.identity({ userEntityRef: 'user:default/guest' }),
        ],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: mayPublish
              ? AuthorizeResult.ALLOW
              : AuthorizeResult.DENY,
          }),
        ],
      ],
    },
  );
}

/** The pages at an address below `/docs`, so that nothing relies on the usual path. */
export function renderPages(
  server: ManualsServer,
  at: string,
  options: { mayPublish?: boolean } = {},
) {
  return renderBefore(
    server,
    <Routes>
      <Route path="/docs/*" element={<ManualPublishContent />} />
    </Routes>,
    { ...options, address: `/docs${at}` },
  );
}
