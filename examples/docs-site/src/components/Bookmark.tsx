import type { ReactNode } from 'react';
import { OutLink } from './OutLink';
import { webUrl } from './address';
import styles from './components.module.css';

/** A link that has a line of its own. */
export function Bookmark({
  url,
  title,
}: {
  url: string;
  title?: string;
}): ReactNode {
  return (
    <p className={styles.card}>
      <OutLink to={webUrl(url)}>{title || url}</OutLink>
      {title ? <span className={styles.address}>{url}</span> : null}
    </p>
  );
}
