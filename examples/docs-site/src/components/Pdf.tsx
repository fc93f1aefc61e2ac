import type { ReactNode } from 'react';
import { OutLink } from './OutLink';
import { type FileOrUrl, addressOf } from './address';
import styles from './components.module.css';

/** A PDF in the browser's own viewer, with a link for browsers that have none. */
export function Pdf({
  name,
  ...source
}: FileOrUrl & { name: string }): ReactNode {
  const address = addressOf(source);
  return (
    <figure className={styles.figure}>
      {address === undefined ? null : (
        <iframe
          className={styles.paper}
          src={address}
          title={name}
          loading="lazy"
        />
      )}
      <figcaption>
        <OutLink to={address}>{name}</OutLink>
      </figcaption>
    </figure>
  );
}
