import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { errorDetail, refusalOf } from '@herald/frontend';
import { RiCheckLine, RiLoader4Line } from '@remixicon/react';
import { notificationsTranslationRef } from '../../translation';
import styles from './Settings.module.css';
import type { SavingState } from './useSaving';

/** Whether what was changed is kept. */
export function SavingNotice({ state }: { state: SavingState }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  if (state.step === 'failed') {
    const isDenied = refusalOf(state.error) === 'denied';
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={t(isDenied ? 'settings.denied' : 'settings.failed')}
        description={isDenied ? undefined : errorDetail(state.error)}
      />
    );
  }
  return (
    <div role="status" className={styles.saving}>
      {state.step === 'saving' && (
        <>
          <RiLoader4Line size={16} aria-hidden />
          {t('settings.saving')}
        </>
      )}
      {state.step === 'saved' && (
        <>
          <RiCheckLine size={16} aria-hidden />
          {t('settings.saved')}
        </>
      )}
    </div>
  );
}
