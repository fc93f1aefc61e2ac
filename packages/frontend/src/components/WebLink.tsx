import { Link, type LinkProps } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { useId, type ReactNode } from 'react';
import styles from './WebLink.module.css';

/** Whether an address is one that a browser opens as a page; `javascript:` and the like are not. @public */
export function isWebAddress(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}

/**
 * A link to elsewhere, in a new tab. One that no browser should follow is shown as text.
 *
 * @param hint - says that it opens in a new tab
 * @public
 */
export function WebLink(props: {
  url: string;
  hint: string;
  variant?: LinkProps['variant'];
  className?: string;
  label?: string;
  children: ReactNode;
}) {
  const { url, hint, label, children, ...look } = props;
  const hintId = useId();
  if (!isWebAddress(url)) {
    return <>{children}</>;
  }
  return (
    <>
      <Link
        {...look}
        href={url}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={label}
        aria-describedby={hintId}
      >
        {children}
        <RiExternalLinkLine className={styles.external} size={14} aria-hidden />
      </Link>
      <span id={hintId} hidden>
        {hint}
      </span>
    </>
  );
}
