import { useState } from 'react';
import { Bar } from '../../components/Bar';
import { useSeconds } from '../../components/useSeconds';
import { useDuration, useT } from '../../components/useWords';
import styles from './ManualsPage.module.css';

/** Says that Notion takes its time, for how long it has by now, and what is shown meanwhile. */
export function BeingRead({ isFirst }: { isFirst: boolean }) {
  const t = useT();
  const duration = useDuration();
  const [since] = useState(() => Date.now());
  const seconds = Math.max(Math.round((useSeconds(true) - since) / 1_000), 0);
  return (
    <div className={styles.beingRead}>
      <Bar
        label={t('manuals.refreshing')}
        percent={undefined}
        value={duration(seconds * 1_000)}
      />
      <p role="status">
        {t(isFirst ? 'manuals.readingFirst' : 'manuals.readingAgain')}
      </p>
    </div>
  );
}
