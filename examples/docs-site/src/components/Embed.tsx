import type { ReactNode } from 'react';
import { OutLink } from './OutLink';
import { webUrl } from './address';
import styles from './components.module.css';

/** A page of somebody else in a frame, which may not act as this site; the link serves where framing is refused. */
export function Embed({
  url,
  title,
}: {
  url: string;
  title?: string;
}): ReactNode {
  const address = webUrl(url);
  return (
    <figure className={styles.figure}>
      {address === undefined ? null : (
        <iframe
          className={styles.frame}
          src={address}
          title={title || url}
          loading="lazy"
          sandbox="allow-scripts allow-same-origin allow-popups allow-forms"
          allowFullScreen
        />
      )}
      <figcaption>
        <OutLink to={address}>{title || url}</OutLink>
      </figcaption>
    </figure>
  );
}
