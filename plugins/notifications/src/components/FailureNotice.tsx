import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  RiCloudOffLine,
  RiLockLine,
  RiLoginBoxLine,
  RiUserSearchLine,
  RiWifiOffLine,
} from '@remixicon/react';
import { refusalOf } from '../api/refusal';
import { notificationsTranslationRef } from '../translation';
import { Notice } from './Notice';
import { useIsOnline } from './useIsOnline';
import { errorDetail } from './errorDetail';

const ICON = { size: 28 };

/** Why the list cannot be shown, in words for whoever reads it, and the way on where there is one. */
export function FailureNotice(props: { error: unknown; onRetry: () => void }) {
  const { error, onRetry } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const isOnline = useIsOnline();
  switch (refusalOf(error)) {
    case 'signed-out':
      return (
        <Notice
          role="alert"
          icon={<RiLoginBoxLine {...ICON} />}
          title={t('failure.signedOutTitle')}
          text={t('failure.signedOutText')}
        >
          <Button onPress={() => window.location.reload()}>
            {t('failure.reload')}
          </Button>
        </Notice>
      );
    case 'denied':
      return (
        <Notice
          role="alert"
          icon={<RiLockLine {...ICON} />}
          title={t('failure.deniedTitle')}
          text={t('failure.deniedText')}
        />
      );
    case 'unknown-user':
      return (
        <Notice
          role="alert"
          icon={<RiUserSearchLine {...ICON} />}
          title={t('failure.unknownUserTitle')}
          text={t('failure.unknownUserText')}
        />
      );
    default:
      return (
        <Notice
          role="alert"
          icon={
            isOnline ? (
              <RiCloudOffLine {...ICON} />
            ) : (
              <RiWifiOffLine {...ICON} />
            )
          }
          title={t(isOnline ? 'failure.title' : 'failure.offlineTitle')}
          text={t(isOnline ? 'failure.text' : 'failure.offlineText')}
          detail={isOnline ? errorDetail(error) : undefined}
        >
          <Button onPress={onRetry}>{t('failure.retry')}</Button>
        </Notice>
      );
  }
}
