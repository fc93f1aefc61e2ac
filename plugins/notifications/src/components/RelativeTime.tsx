import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RelativeTime as SharedRelativeTime } from '@herald/frontend';
import { notificationsTranslationRef } from '../translation';

/** How long ago a moment was; the moment itself on hover and for machines. */
export function RelativeTime({ moment }: { moment: string }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return <SharedRelativeTime moment={moment} justNow={t('row.justNow')} />;
}
