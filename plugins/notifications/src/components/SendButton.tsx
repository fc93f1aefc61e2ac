import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { notificationsCreatePermission } from '@herald/backstage-plugin-notifications-common';
import { RiQuillPenLine } from '@remixicon/react';
import { useLocation } from 'react-router-dom';
import { searchOf, usePlace } from '../pages/usePlace';
import { notificationsTranslationRef } from '../translation';
import { IfAllowed } from './IfAllowed';
import styles from './SendButton.module.css';

/** The way to the form that sends, for those who may. It stands in the header of the page, wherever the page is mounted. */
export function SendButton() {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const { pathname } = useLocation();
  const [place] = usePlace();
  if (place === 'send') {
    return null;
  }
  return (
    <IfAllowed permission={notificationsCreatePermission}>
      <ButtonLink
        size="small"
        variant="secondary"
        iconStart={<RiQuillPenLine />}
        href={`${pathname}${searchOf('send')}`}
      >
        <span className={styles.label}>{t('send.open')}</span>
      </ButtonLink>
    </IfAllowed>
  );
}
