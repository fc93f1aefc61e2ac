import type { ReactNode } from 'react';
import { OutLink } from './OutLink';
import { type FileOrUrl, addressOf } from './address';
import styles from './components.module.css';
import { playerOf } from './playerOf';

/** A film: a file in the browser's own player, or the player of the platform that has it. */
export function Video({
  caption,
  ...source
}: FileOrUrl & { caption?: string }): ReactNode {
  const address = addressOf(source);
  const player = playerOf(source.url);
  return (
    <figure className={styles.figure}>
      {player ? (
        <iframe
          className={styles.frame}
          src={player}
          title={caption || source.url}
          loading="lazy"
          allowFullScreen
        />
      ) : (
        // eslint-disable-next-line jsx-a11y/media-has-caption -- Notion has no subtitles to show
        <video className={styles.film} src={address} controls preload="none" />
      )}
      <figcaption>
        {caption || <OutLink to={address}>{source.url}</OutLink>}
      </figcaption>
    </figure>
  );
}
