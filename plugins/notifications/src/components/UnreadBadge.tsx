import styles from './UnreadBadge.module.css';

const LARGEST = 99;

/** A number that stays small. What it counts is said beside it, for those who do not see it. */
export function UnreadBadge({ count }: { count: number | undefined }) {
  if (!count) {
    return null;
  }
  return (
    <span className={styles.badge} aria-hidden>
      {count > LARGEST ? `${LARGEST}+` : count}
    </span>
  );
}
