import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, type LinkProps } from '@backstage/ui';
import { isSafeLink } from '@herald/backstage-plugin-notifications-common';
import { RiExternalLinkLine } from '@remixicon/react';
import { useId, type ReactNode } from 'react';
import { notificationsTranslationRef } from '../translation';
import styles from './SafeLink.module.css';

/** A path counts from the root of the portal, wherever the page that shows it is. */
function portalPath(url: string): string {
  return /^[/?#]/.test(url) ? url : `/${url}`;
}

/**
 * A link that somebody sent: into the portal, or elsewhere in a new tab. One that is not safe is shown as text: that it was sent is
 * worth knowing.
 */
export function SafeLink(props: {
  url: string;
  variant?: LinkProps['variant'];
  weight?: LinkProps['weight'];
  className?: string;
  children: ReactNode;
}) {
  const { url, children, ...look } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const newTabId = useId();
  if (!isSafeLink(url)) {
    return <>{children}</>;
  }
  if (!/^https?:/i.test(url)) {
    return (
      <Link {...look} href={portalPath(url)}>
        {children}
      </Link>
    );
  }
  return (
    <>
      <Link
        {...look}
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-describedby={newTabId}
      >
        {children}
        <RiExternalLinkLine className={styles.external} size={14} aria-hidden />
      </Link>
      <span id={newTabId} hidden>
        {t('row.opensNewTab')}
      </span>
    </>
  );
}
