import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { NotificationsIcon } from '../components/NotificationsIcon';
import { SendButton } from '../components/SendButton';
import { notificationsTranslationRef } from '../translation';
import { NotificationsContent } from './NotificationsContent';

/**
 * The whole page with a header and providers of its own: for hosts on the old frontend system, and for those that mount components.
 * It needs the APIs of this package and a router around it.
 *
 * @public
 */
export function NotificationsPage() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <>
      <PluginHeader
        title={t('title')}
        icon={<NotificationsIcon />}
        customActions={<SendButton />}
      />
      <NotificationsContent />
    </>
  );
}
