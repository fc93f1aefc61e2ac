import { Label, ProgressBar } from 'react-aria-components';
import styles from './Bar.module.css';

/** How much of something is done. */
export function Bar(props: {
  label: string;
  /** Of a hundred. */
  percent: number;
  /** The same in words. */
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
      valueLabel={value}
      data-tone={tone}
      data-bare={isBare || undefined}
    >
      <Label className={styles.label}>{label}</Label>
      <span className={styles.value}>{value}</span>
      <div className={styles.track}>
        <div className={styles.fill} style={{ width: `${percent}%` }} />
      </div>
    </ProgressBar>
  );
}
