import { SidebarItem, useSidebarOpenState } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import { RiNotification3Line } from '@remixicon/react';
import { useUnreadCount } from '../api/useUnreadCount';
import { notificationsTranslationRef } from '../translation';
import { NotificationsIcon } from './NotificationsIcon';
import { UnreadBadge } from './UnreadBadge';
import { useUnreadLabel } from './useUnreadLabel';

const PlainIcon = () => <RiNotification3Line size={20} aria-hidden />;

function FoldedIcon() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <>
      <VisuallyHidden>{t('title')}</VisuallyHidden>
      <NotificationsIcon />
    </>
  );
}

/**
 * The way to the page, for a sidebar of the portal: the number stands at its end, or on the bell where the sidebar is folded. It
 * is also in the name of the link, which an item that only shows the icon does not have.
 *
 * @public
 */
export function NotificationsSidebarItem({
  to = '/notifications',
}: {
  to?: string;
}) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const { isOpen } = useSidebarOpenState();
  const { count } = useUnreadCount();
  const unread = useUnreadLabel(count);
  const title = t('title');
  return (
    <SidebarItem
      to={to}
      text={title}
      icon={isOpen ? PlainIcon : FoldedIcon}
      // The name is what stands in the link, the number included.
      aria-label={undefined}
    >
      <UnreadBadge count={count} />
      {count ? <VisuallyHidden>{unread}</VisuallyHidden> : null}
    </SidebarItem>
  );
}
