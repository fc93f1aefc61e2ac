import type { ReactNode } from 'react';
import { OutLink } from './OutLink';
import { type FileOrUrl, addressOf } from './address';
import styles from './components.module.css';

export function Audio({
  caption,
  ...source
}: FileOrUrl & { caption?: string }): ReactNode {
  const address = addressOf(source);
  return (
    <figure className={styles.figure}>
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- Notion has no subtitles to show */}
      <audio src={address} controls preload="none" />
      <figcaption>
        {caption || <OutLink to={address}>{source.url}</OutLink>}
      </figcaption>
    </figure>
  );
}
