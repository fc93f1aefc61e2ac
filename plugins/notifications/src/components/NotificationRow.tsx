import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ButtonIcon,
  Checkbox,
  Tooltip,
  TooltipTrigger,
  VisuallyHidden,
} from '@backstage/ui';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { RiCheckLine, RiMailUnreadLine } from '@remixicon/react';
import { memo, useId } from 'react';
import { notificationsTranslationRef } from '../translation';
import { ActionLinks } from './ActionLinks';
import { MessageText } from './MessageText';
import styles from './NotificationRow.module.css';
import { RelativeTime } from './RelativeTime';

type NotificationRowProps = {
  notification: Notification;
  isSelected: boolean;
  onSelect: (id: string, isSelected: boolean) => void;
  onMark: (ids: readonly string[], read: boolean) => void;
};

/** One message. Memoised, as is what it is given, so that marking one of a thousand renders one. */
export const NotificationRow = memo((props: NotificationRowProps) => {
  const { notification, isSelected, onSelect, onMark } = props;
  const { id, title, message, origin, topic, readByUser } = notification;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const titleId = useId();
  const toggle = t(readByUser ? 'mark.unread' : 'mark.read');
  return (
    <li
      className={styles.row}
      data-unread={!readByUser || undefined}
      data-selected={isSelected || undefined}
    >
      <Checkbox
        className={styles.select}
        aria-label={t('row.select', { title })}
        isSelected={isSelected}
        onChange={selected => onSelect(id, selected)}
      />
      <div className={styles.content}>
        {!readByUser && (
          <>
            <span className={styles.dot} aria-hidden />
            <VisuallyHidden>{t('unread.row')}</VisuallyHidden>
          </>
        )}
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {message && <MessageText text={message} />}
        <ActionLinks of={notification} />
        <div className={styles.about}>
          <span>{origin}</span>
          {topic && <span>{topic}</span>}
          <RelativeTime moment={notification.created} />
        </div>
      </div>
      <TooltipTrigger>
        <ButtonIcon
          variant="secondary"
          icon={readByUser ? <RiMailUnreadLine /> : <RiCheckLine />}
          aria-label={toggle}
          aria-describedby={titleId}
          onPress={() => onMark([id], !readByUser)}
        />
        <Tooltip placement="left">{toggle}</Tooltip>
      </TooltipTrigger>
    </li>
  );
});
