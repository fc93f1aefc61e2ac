import {
  PageLayout,
  pluginHeaderActionsApiRef,
  Progress,
  useApi,
  useRouteRef,
  type IconElement,
  type RouteRef,
} from '@backstage/frontend-plugin-api';
import { Suspense, type ReactNode } from 'react';

/**
 * A page below the header of the host, with all that the host puts there; the header is there while the page is loaded. The host's
 * own page extension knows a title of one language only.
 *
 * @public
 */
export function HeadedPage(props: {
  pluginId: string;
  title: string;
  icon: IconElement;
  /** Of the plugin's first page, to which the title leads. */
  routeRef: RouteRef;
  /** May still have to be loaded. */
  children: ReactNode;
}) {
  const { pluginId, title, icon, routeRef, children } = props;
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions(pluginId);
  const link = useRouteRef(routeRef);
  return (
    <PageLayout
      title={title}
      icon={icon}
      titleLink={link?.()}
      headerActions={headerActions}
    >
      <Suspense fallback={<Progress />}>{children}</Suspense>
    </PageLayout>
  );
}
