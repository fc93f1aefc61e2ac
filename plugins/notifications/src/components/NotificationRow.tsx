import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox } from '@backstage/ui';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { memo, useId } from 'react';
import { notificationsTranslationRef } from '../translation';
import { MessageBody } from './MessageBody';
import styles from './NotificationRow.module.css';
import { RowButtons } from './RowButtons';
import type { RowHandlers } from './rowHandlers';

type NotificationRowProps = {
  notification: Notification;
  /** Undefined: it cannot be selected. */
  isSelected: boolean | undefined;
  on: RowHandlers;
};

/** One message. Memoised, as is what it is given, so that marking one of a thousand renders one. */
export const NotificationRow = memo((props: NotificationRowProps) => {
  const { notification, isSelected, on } = props;
  const { id, title, readByUser } = notification;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const titleId = useId();
  return (
    <li
      className={styles.row}
      data-row={id}
      data-unread={!readByUser || undefined}
      data-selected={isSelected || undefined}
    >
      {isSelected === undefined ? (
        <span />
      ) : (
        <Checkbox
          className={styles.select}
          aria-label={t('row.select', { title })}
          isSelected={isSelected}
          onChange={selected => on.select([id], selected)}
        />
      )}
      <MessageBody notification={notification} titleId={titleId} />
      <RowButtons of={notification} describedBy={titleId} on={on} />
    </li>
  );
});
