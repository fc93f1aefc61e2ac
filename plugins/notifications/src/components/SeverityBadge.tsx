import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { NotificationSeverity } from '@herald/backstage-plugin-notifications-common';
import {
  RiAlarmWarningFill,
  RiArrowDownLine,
  RiErrorWarningLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { notificationsTranslationRef } from '../translation';
import styles from './SeverityBadge.module.css';

const ICONS: Record<
  Exclude<NotificationSeverity, 'normal'>,
  RemixiconComponentType
> = {
  critical: RiAlarmWarningFill,
  high: RiErrorWarningLine,
  low: RiArrowDownLine,
};

/** How severe a message is, by shape and in words; the normal is not worth one. */
export function SeverityBadge(props: { severity: NotificationSeverity }) {
  const { severity } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  if (severity === 'normal') {
    return null;
  }
  const Icon = ICONS[severity];
  return (
    <span className={styles.badge} data-severity={severity}>
      <Icon size={14} aria-hidden />
      {t(`severity.${severity}`)}
    </span>
  );
}
