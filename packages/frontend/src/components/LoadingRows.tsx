import { Skeleton, VisuallyHidden } from '@backstage/ui';
import styles from './LoadingRows.module.css';

const ROWS = [62, 48, 70, 55, 40];

/** The shape of what is coming. @param label - says it to who does not see it. @public */
export function LoadingRows(props: {
  label: string;
  count?: number;
  /** Lines of a row. */
  lines?: 2 | 3;
}) {
  const { label, count = ROWS.length, lines = 2 } = props;
  return (
    <div role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {ROWS.slice(0, count).map(width => (
        <div key={width} className={styles.row} aria-hidden>
          <Skeleton width={16} height={16} />
          <div className={styles.lines}>
            <Skeleton width={`${width / 2}%`} height={18} />
            <Skeleton width={`${width}%`} height={14} />
            {lines === 3 && <Skeleton width="30%" height={12} />}
          </div>
        </div>
      ))}
    </div>
  );
}
