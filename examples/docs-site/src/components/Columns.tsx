import type { ReactNode } from 'react';
import styles from './components.module.css';

/** Side by side where there is room, else one below the other. */
export function Columns({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.columns}>{children}</div>;
}

/** `width` in percent of the row; without it a column takes its share of what is left. */
export function Column({
  width,
  children,
}: {
  width?: string;
  children: ReactNode;
}): ReactNode {
  const share = Number(width);
  return (
    <div
      className={styles.column}
      style={share > 0 ? { flexGrow: share } : undefined}
    >
      {children}
    </div>
  );
}
