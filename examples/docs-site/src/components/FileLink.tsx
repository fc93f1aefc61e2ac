import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import type { ReactNode } from 'react';
import { OutLink } from './OutLink';
import { type FileOrUrl, addressOf } from './address';
import styles from './components.module.css';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Something to download; `size` in bytes. */
export function FileLink({
  name,
  size,
  ...source
}: FileOrUrl & { name: string; size?: string }): ReactNode {
  const { currentLocale } = useDocusaurusContext().i18n;
  return (
    <p className={styles.card}>
      <OutLink to={addressOf(source)} download={source.src && name}>
        {name}
      </OutLink>
      {Number(size) > 0 ? (
        <span className={styles.address}>
          {readableSize(Number(size), currentLocale)}
        </span>
      ) : null}
    </p>
  );
}

function readableSize(bytes: number, locale: string): string {
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[power],
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power);
}
