import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { notificationsTranslationRef } from '../translation';

/** The number in words, exact where the badge is capped. */
export function useUnreadLabel(count: number | undefined): string {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return count ? t('unread.label', { count }) : t('unread.none');
}
