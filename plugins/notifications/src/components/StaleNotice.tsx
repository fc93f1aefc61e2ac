import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { useIsOnline } from '@herald/frontend';
import { DateTime } from 'luxon';
import { notificationsTranslationRef } from '../translation';

/** Says that what is shown may be out of date; it goes by itself. */
export function StaleNotice(props: { since: Date; onRetry: () => void }) {
  const { since, onRetry } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const isOnline = useIsOnline();
  const time = DateTime.fromJSDate(since).toLocaleString(
    DateTime.TIME_WITH_SECONDS,
  );
  return (
    <Alert
      role="status"
      status="warning"
      icon
      mb="4"
      title={t(isOnline ? 'stale.failing' : 'stale.offline', { time })}
      customActions={
        <Button size="small" variant="tertiary" onPress={onRetry}>
          {t('failure.retry')}
        </Button>
      }
    />
  );
}
