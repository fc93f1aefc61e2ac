import { Text } from '@backstage/ui';
import type { ReactElement, ReactNode } from 'react';
import styles from './Notice.module.css';

/** What stands where content would: why there is none, and what may be done. @public */
export function Notice(props: {
  icon: ReactElement;
  title: string;
  text: string;
  detail?: string;
  role?: 'alert' | 'status';
  children?: ReactNode;
}) {
  const { icon, title, text, detail, role = 'status', children } = props;
  return (
    <div className={styles.notice} role={role}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <Text as="h2" variant="title-x-small" weight="bold">
        {title}
      </Text>
      <Text as="p" className={styles.text}>
        {text}
      </Text>
      {detail && <code className={styles.detail}>{detail}</code>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
