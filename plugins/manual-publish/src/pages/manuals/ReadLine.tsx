import { Button } from '@backstage/ui';
import { RelativeTime } from '@herald/frontend';
import {
  RiCollapseVerticalLine,
  RiExpandVerticalLine,
  RiRefreshLine,
} from '@remixicon/react';
import { useNumbers, useT } from '../../components/useWords';
import styles from './ManualsPage.module.css';

/** How many pages there are, when they were read, and the way to read them again. */
export function ReadLine(props: {
  readAt: string | null | undefined;
  shown: number;
  total: number;
  isReading: boolean;
  onRead: () => void;
  onExpandAll: () => void;
  onCollapseAll: () => void;
}) {
  const { readAt, shown, total, isReading, onRead } = props;
  const { onExpandAll, onCollapseAll } = props;
  const t = useT();
  const { number } = useNumbers();
  // Where the first are still being read, none is no number of pages.
  const isCounted = total > 0 || !isReading;
  const counted =
    shown === total
      ? t('manuals.shown', { count: total })
      : t('manuals.shownOf', { number: number(shown), total: number(total) });
  return (
    <div className={styles.read}>
      <span role="status">{isCounted && counted}</span>
      <span className={styles.folding} hidden={total === 0}>
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiExpandVerticalLine />}
          onPress={onExpandAll}
        >
          {t('manuals.expandAll')}
        </Button>
        <Button
          size="small"
          variant="tertiary"
          iconStart={<RiCollapseVerticalLine />}
          onPress={onCollapseAll}
        >
          {t('manuals.collapseAll')}
        </Button>
      </span>
      <span className={styles.readAt}>
        {readAt && (
          <span>
            {t('manuals.readAt')}{' '}
            <RelativeTime moment={readAt} justNow={t('moment.justNow')} />
          </span>
        )}
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiRefreshLine />}
          isPending={isReading}
          onPress={onRead}
        >
          {t('manuals.refresh')}
        </Button>
      </span>
    </div>
  );
}
