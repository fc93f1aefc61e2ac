import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { notificationsTranslationRef } from '../translation';
import styles from './LoadingRows.module.css';

const ROWS = [62, 48, 70, 55, 40];

/** The shape of what is coming. */
export function LoadingRows({ count = ROWS.length }: { count?: number }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <div role="status">
      <VisuallyHidden>{t('list.loading')}</VisuallyHidden>
      {ROWS.slice(0, count).map(width => (
        <div key={width} className={styles.row} aria-hidden>
          <Skeleton width={16} height={16} />
          <div className={styles.lines}>
            <Skeleton width={`${width / 2}%`} height={18} />
            <Skeleton width={`${width}%`} height={14} />
            <Skeleton width="30%" height={12} />
          </div>
        </div>
      ))}
    </div>
  );
}
