import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { HeadedPage } from '@herald/frontend';
import { lazy } from 'react';
import { NotificationsIcon } from '../components/NotificationsIcon';
import { rootRouteRef } from '../routes';
import { notificationsTranslationRef } from '../translation';

const LazyContent = lazy(async () => {
  const { NotificationsContent } = await import('./NotificationsContent');
  return { default: NotificationsContent };
});

/** @param title - instead of the translated one */
export function TitledPage({ title }: { title: string | undefined }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <HeadedPage
      pluginId="notifications"
      title={title ?? t('title')}
      icon={<NotificationsIcon />}
      routeRef={rootRouteRef}
    >
      <LazyContent />
    </HeadedPage>
  );
}
