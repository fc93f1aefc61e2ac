import {
  PageLayout,
  pluginHeaderActionsApiRef,
  Progress,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { lazy, Suspense } from 'react';
import { ManualPublishIcon } from '../components/ManualPublishIcon';
import { useT } from '../components/useWords';
import { rootRouteRef } from '../routes';

const LazyContent = lazy(async () => {
  const { ManualPublishContent } = await import('./ManualPublishContent');
  return { default: ManualPublishContent };
});

/**
 * The pages below the header of the host, with all that the host puts there; the header is there while they are loaded.
 *
 * @param title - instead of the translated one
 */
export function HeadedPage({ title }: { title: string | undefined }) {
  const t = useT();
  const headerActions = useApi(
    pluginHeaderActionsApiRef,
  ).getPluginHeaderActions('manual-publish');
  const link = useRouteRef(rootRouteRef);
  return (
    <PageLayout
      title={title ?? t('title')}
      icon={<ManualPublishIcon />}
      titleLink={link?.()}
      headerActions={headerActions}
    >
      <Suspense fallback={<Progress />}>
        <LazyContent />
      </Suspense>
    </PageLayout>
  );
}
