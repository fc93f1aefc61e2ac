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
  const Icon = of.type && ICONS[of.type];
  return (
    <>
      {of.icon !== undefined && <ChosenIcon id={of.icon} />}
      {Icon && (
        <span className={styles.type} data-type={of.type}>
          <Icon size={20} aria-hidden />
          <VisuallyHidden>{t(`type.${of.type ?? 'info'}`)}</VisuallyHidden>
        </span>
      )}
    </>
  );
}

function ChosenIcon({ id }: { id: string }) {
  // Hosts on the old frontend system have no such API.
  const icon = useApiHolder().get(iconsApiRef)?.icon(id);
  return icon ? (
    <span className={styles.chosen} aria-hidden>
      {icon}
    </span>
  ) : null;
}
