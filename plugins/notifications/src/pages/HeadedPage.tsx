import {
  PageLayout,
  pluginHeaderActionsApiRef,
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { NotificationsIcon } from '../components/NotificationsIcon';
import { rootRouteRef } from '../routes';
import { notificationsTranslationRef } from '../translation';
import { NotificationsContent } from './NotificationsContent';

/**
 * The page below the header of the host, with all that the host puts there. A page extension knows only a title of one language.
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
      <NotificationsContent />
    </PageLayout>
  );
}
