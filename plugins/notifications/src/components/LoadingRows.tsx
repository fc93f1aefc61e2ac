import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { LoadingRows as SharedLoadingRows } from '@herald/frontend';
import { notificationsTranslationRef } from '../translation';

/** The shape of the messages that are coming. */
export function LoadingRows({ count }: { count?: number }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <SharedLoadingRows label={t('list.loading')} count={count} lines={3} />
  );
}
