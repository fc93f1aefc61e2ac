import { Label, ProgressBar } from 'react-aria-components';
import styles from './Bar.module.css';

/** How much of something is done. */
export function Bar(props: {
  label: string;
  /** Of a hundred; `undefined` where nobody knows. */
  percent: number | undefined;
  /** The same, or what else is known of it, in words. */
  value: string;
  tone?: 'busy' | 'good' | 'bad';
  /** Without its words for those who see it. */
  isBare?: boolean;
}) {
  const { label, percent, value, tone = 'busy', isBare = false } = props;
  return (
    <ProgressBar
      className={styles.bar}
      value={percent}
      isIndeterminate={percent === undefined}
      valueLabel={value}
      data-tone={tone}
      data-bare={isBare || undefined}
    >
      <Label className={styles.label}>{label}</Label>
      <span className={styles.value}>{value}</span>
      <div className={styles.track}>
        <div
          className={styles.fill}
          data-endless={percent === undefined || undefined}
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </div>
    </ProgressBar>
  );
}
