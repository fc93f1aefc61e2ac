import { Link, useSidebarOpenState } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { RiMegaphoneFill } from '@remixicon/react';
import styles from './PortalLogo.module.css';

export function PortalLogo() {
  const { isOpen } = useSidebarOpenState();
  const title = useApi(configApiRef).getOptionalString('app.title') ?? 'Herald';
  return (
    <Link to="/" underline="none" className={styles.logo} aria-label={title}>
      <RiMegaphoneFill size={24} className={styles.mark} aria-hidden />
      {isOpen && <span className={styles.title}>{title}</span>}
    </Link>
  );
}
