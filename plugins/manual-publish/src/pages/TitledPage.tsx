import { HeadedPage } from '@herald/frontend';
import { lazy } from 'react';
import { ManualPublishIcon } from '../components/ManualPublishIcon';
import { useT } from '../components/useWords';
import { rootRouteRef } from '../routes';

const LazyContent = lazy(async () => {
  const { ManualPublishContent } = await import('./ManualPublishContent');
  return { default: ManualPublishContent };
});

/** @param title - instead of the translated one */
export function TitledPage({ title }: { title: string | undefined }) {
  const t = useT();
  return (
    <HeadedPage
      pluginId="manual-publish"
      title={title ?? t('title')}
      icon={<ManualPublishIcon />}
      routeRef={rootRouteRef}
    >
      <LazyContent />
    </HeadedPage>
  );
}
