import {
  iconsApiRef,
  useApiHolder,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import {
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiInformationLine,
  RiLoader2Line,
  type RemixiconComponentType,
} from '@remixicon/react';
import { notificationsTranslationRef } from '../translation';
import styles from './TypeIcon.module.css';

const ICONS: Record<
  NonNullable<Notification['type']>,
  RemixiconComponentType
> = {
  success: RiCheckboxCircleLine,
  error: RiCloseCircleLine,
  info: RiInformationLine,
  processing: RiLoader2Line,
};

/** What became of what the message tells of, and the icon of the portal that the sender chose. */
export function TypeIcon({ of }: { of: Pick<Notification, 'icon' | 'type'> }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  // Hosts on the old frontend system have no such API.
  const icons = useApiHolder().get(iconsApiRef);
  const chosen = of.icon === undefined ? undefined : icons?.icon(of.icon);
  const Icon = of.type && ICONS[of.type];
  return (
    <>
      {chosen && (
        <span className={styles.chosen} aria-hidden>
          {chosen}
        </span>
      )}
      {Icon && (
        <span className={styles.type} data-type={of.type}>
          <Icon size={20} aria-hidden />
          <VisuallyHidden>{t(`type.${of.type ?? 'info'}`)}</VisuallyHidden>
        </span>
      )}
    </>
  );
}
