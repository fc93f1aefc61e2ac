import {
  PageLayout,
  pluginHeaderActionsApiRef,
  Progress,
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { lazy, Suspense } from 'react';
import { NotificationsIcon } from '../components/NotificationsIcon';
import { rootRouteRef } from '../routes';
import { notificationsTranslationRef } from '../translation';

const LazyContent = lazy(async () => {
  const { NotificationsContent } = await import('./NotificationsContent');
  return { default: NotificationsContent };
});

/**
 * The page below the header of the host, with all that the host puts there; the header is there while the page is loaded. The host's
 * own page extension knows a title of one language only.
 *
 * @param title - instead of the translated one
 */
export function HeadedPage({ title }: { title: string | undefined }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions('notifications');
  const link = useRouteRef(rootRouteRef);
  return (
    <PageLayout
      title={title ?? t('title')}
      icon={<NotificationsIcon />}
      titleLink={link?.()}
      headerActions={headerActions}
    >
      <Suspense fallback={<Progress />}>
        <LazyContent />
      </Suspense>
    </PageLayout>
  );
}
