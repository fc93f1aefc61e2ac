import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { Departure } from '../pages/useMarks';
import { notificationsTranslationRef } from '../translation';

/** Says what left the list, and takes it back. */
export function DepartureNotice(props: {
  departure: Departure;
  onUndo: (departure: Departure) => void;
  onDismiss: () => void;
}) {
  const { departure, onUndo, onDismiss } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <Alert
      role="status"
      status="info"
      icon
      mb="4"
      title={t(`departure.${departure.kind}`, { count: departure.rows.length })}
      customActions={
        <>
          <Button
            size="small"
            variant="secondary"
            onPress={() => onUndo(departure)}
          >
            {t('departure.undo')}
          </Button>
          <Button size="small" variant="tertiary" onPress={onDismiss}>
            {t('mark.dismiss')}
          </Button>
        </>
      }
    />
  );
}
