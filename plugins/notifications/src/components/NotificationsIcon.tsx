import { VisuallyHidden } from '@backstage/ui';
import { RiNotification3Line } from '@remixicon/react';
import { useUnreadCount } from '../api/useUnreadCount';
import styles from './NotificationsIcon.module.css';
import { UnreadBadge } from './UnreadBadge';
import { useUnreadLabel } from './useUnreadLabel';

/** The bell with the number of unread messages. A navigation bar that knows only icons shows the number with it. @public */
export function NotificationsIcon() {
  const { count } = useUnreadCount();
  const label = useUnreadLabel(count);
  return (
    <span className={styles.icon}>
      <RiNotification3Line size="1em" aria-hidden />
      {count ? (
        <>
          <span className={styles.badge}>
            <UnreadBadge count={count} />
          </span>
          <VisuallyHidden>{label}</VisuallyHidden>
        </>
      ) : null}
    </span>
  );
}
