import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { errorDetail, refusalOf } from '@herald/frontend';
import { notificationsTranslationRef } from '../translation';

export function MarkFailure(props: { error: unknown; onDismiss: () => void }) {
  const { error, onDismiss } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const isDenied = refusalOf(error) === 'denied';
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      mb="4"
      title={t(isDenied ? 'mark.denied' : 'mark.failed')}
      description={isDenied ? undefined : errorDetail(error)}
      customActions={
        <Button size="small" variant="tertiary" onPress={onDismiss}>
          {t('mark.dismiss')}
        </Button>
      }
    />
  );
}
