import { VisuallyHidden } from '@backstage/ui';
import styles from './TabTitle.module.css';
import { UnreadBadge } from './UnreadBadge';
import { useUnreadLabel } from './useUnreadLabel';

export function TabTitle(props: { title: string; unread: number | undefined }) {
  const { title, unread } = props;
  const label = useUnreadLabel(unread);
  return (
    <span className={styles.title}>
      {title}
      <UnreadBadge count={unread} />
      {unread ? <VisuallyHidden>{label}</VisuallyHidden> : null}
    </span>
  );
}
