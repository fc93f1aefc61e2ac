import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FailureNotice as SharedFailureNotice } from '@herald/frontend';
import { RiUserSearchLine } from '@remixicon/react';
import { notificationsTranslationRef } from '../translation';

/** Why the list cannot be shown, in words for whoever reads it, and the way on where there is one. */
export function FailureNotice(props: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <SharedFailureNotice
      {...props}
      unknownIcon={<RiUserSearchLine size={28} />}
      words={{
        signedOut: {
          title: t('failure.signedOutTitle'),
          text: t('failure.signedOutText'),
        },
        denied: {
          title: t('failure.deniedTitle'),
          text: t('failure.deniedText'),
        },
        unknown: {
          title: t('failure.unknownUserTitle'),
          text: t('failure.unknownUserText'),
        },
        offline: {
          title: t('failure.offlineTitle'),
          text: t('failure.offlineText'),
        },
        other: { title: t('failure.title'), text: t('failure.text') },
        retry: t('failure.retry'),
        signIn: t('failure.reload'),
      }}
    />
  );
}
