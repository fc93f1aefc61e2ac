import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, VisuallyHidden } from '@backstage/ui';
import {
  isSafeLink,
  type Notification,
} from '@herald/backstage-plugin-notifications-common';
import { RiExternalLinkLine } from '@remixicon/react';
import { useId } from 'react';
import { notificationsTranslationRef } from '../translation';
import styles from './ActionLinks.module.css';

/** A path counts from the root of the portal, wherever the page that shows it is. */
function portalPath(url: string): string {
  return /^[/?#]/.test(url) ? url : `/${url}`;
}

/** All links that a message offers. One that is not safe is shown as text: that it was sent is worth knowing. */
export function ActionLinks({ of }: { of: Notification }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const newTabId = useId();
  if (of.actions.length === 0) {
    return null;
  }
  return (
    <>
      <ul
        className={styles.actions}
        aria-label={t('row.actions', { title: of.title })}
      >
        {of.actions.map(({ id, title, url }) => {
          if (!isSafeLink(url)) {
            return <li key={id}>{title}</li>;
          }
          return /^https?:/i.test(url) ? (
            <li key={id}>
              <Link
                href={url}
                target="_blank"
                rel="noopener noreferrer"
                variant="body-small"
                weight="bold"
                aria-describedby={newTabId}
              >
                {title}
                <RiExternalLinkLine
                  className={styles.external}
                  size={14}
                  aria-hidden
                />
              </Link>
            </li>
          ) : (
            <li key={id}>
              <Link href={portalPath(url)} variant="body-small" weight="bold">
                {title}
              </Link>
            </li>
          );
        })}
      </ul>
      <VisuallyHidden id={newTabId} aria-hidden>
        {t('row.opensNewTab')}
      </VisuallyHidden>
    </>
  );
}
