import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { RiArchiveLine, RiBookOpenLine } from '@remixicon/react';
import { memo } from 'react';
import { notificationsTranslationRef } from '../translation';
import { AboutMessage } from './AboutMessage';
import { ActionLinks } from './ActionLinks';
import styles from './MessageBody.module.css';
import { MessageText } from './MessageText';
import { SafeLink } from './SafeLink';
import { SeverityBadge } from './SeverityBadge';
import { TypeIcon } from './TypeIcon';

type MessageBodyProps = {
  notification: Notification;
  titleId?: string;
};

/** Everything a message says. It changes nothing, so that a message that is being written looks as it will be read. */
export const MessageBody = memo((props: MessageBodyProps) => {
  const { notification, titleId } = props;
  const { title, message, link, actions, readByUser, severity } = notification;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <div className={styles.body} data-unread={!readByUser || undefined}>
      {!readByUser && (
        <>
          <span className={styles.dot} aria-hidden />
          <VisuallyHidden>{t('unread.row')}</VisuallyHidden>
        </>
      )}
      <div className={styles.head}>
        <div className={styles.heading}>
          <TypeIcon of={notification} />
          <h2 id={titleId} className={styles.title}>
            {link === undefined ? (
              title
            ) : (
              <SafeLink url={link} className={styles.titleLink}>
                {title}
              </SafeLink>
            )}
          </h2>
        </div>
        <SeverityBadge severity={severity} />
        {notification.archived && (
          <span className={styles.archived}>
            <RiArchiveLine size={14} aria-hidden />
            {t('row.archived')}
          </span>
        )}
      </div>
      <Manual of={notification} />
      {message && <MessageText text={message} />}
      <ActionLinks title={title} actions={actions} />
      <AboutMessage of={notification} />
    </div>
  );
});

/** The manual that the message is about, where it is about one. */
function Manual({ of }: { of: Notification }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const parts = [of.solution, of.document_title].filter(Boolean);
  if (parts.length === 0) {
    return null;
  }
  return (
    <div className={styles.manual}>
      <RiBookOpenLine size={14} aria-hidden />
      <VisuallyHidden>{t('row.manual')}</VisuallyHidden>
      <span>{parts.join(' › ')}</span>
    </div>
  );
}
