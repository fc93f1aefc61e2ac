import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { Moment } from '@herald/frontend';
import { notificationsTranslationRef } from '../translation';
import styles from './AboutMessage.module.css';
import { RelativeTime } from './RelativeTime';

/** Where a message comes from, what it is about, and its times. */
export function AboutMessage({ of }: { of: Notification }) {
  const { origin, topic, created, updated, corrected, expiresAt } = of;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <div className={styles.about}>
      <span>{origin}</span>
      {topic && <span>{topic}</span>}
      <RelativeTime moment={created} />
      {updated && (
        <span>
          {t('row.updated')} <RelativeTime moment={updated} />
        </span>
      )}
      {corrected && (
        <span>
          {t('row.corrected')} <RelativeTime moment={corrected} />
        </span>
      )}
      {expiresAt && (
        <span>
          {t('row.expires')} <Moment moment={expiresAt} />
        </span>
      )}
    </div>
  );
}
