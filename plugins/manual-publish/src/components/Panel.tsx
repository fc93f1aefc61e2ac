import { BgProvider } from '@backstage/ui';
import { useId, type ReactNode } from 'react';
import styles from './Panel.module.css';

/** A part of a page that has a name. */
export function Panel(props: {
  title: string;
  note?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const { title, note, className = '', children } = props;
  const titleId = useId();
  return (
    <BgProvider bg="neutral-1">
      <section
        className={`${styles.panel} ${className}`}
        aria-labelledby={titleId}
      >
        <div className={styles.heading}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          {note}
        </div>
        {children}
      </section>
    </BgProvider>
  );
}
