import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { BgProvider, Button, Skeleton } from '@backstage/ui';
import { notificationsCreatePermission } from '@herald/backstage-plugin-notifications-common';
import { Notice } from '@herald/frontend';
import { RiArrowLeftLine, RiLockLine } from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { IfAllowed } from '../../components/IfAllowed';
import { notificationsTranslationRef } from '../../translation';
import styles from './Send.module.css';
import { SendFormCard } from './SendFormCard';
import { SentCard } from './SentCard';
import { useSending } from './useSending';

/** Where a person writes to people, groups or everybody. */
export function SendPage({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <div className={styles.page}>
      <Button
        variant="tertiary"
        size="small"
        className={styles.back}
        iconStart={<RiArrowLeftLine />}
        onPress={onLeave}
      >
        {t('send.back')}
      </Button>
      <BgProvider bg="neutral-1">
        <div className={styles.card}>
          <h2 className={styles.heading}>{t('send.heading')}</h2>
          <IfAllowed
            permission={notificationsCreatePermission}
            meanwhile={<Skeleton height={240} />}
            otherwise={
              <Notice
                role="alert"
                icon={<RiLockLine size={28} />}
                title={t('send.deniedTitle')}
                text={t('send.deniedText')}
              />
            }
          >
            <Sending onLeave={onLeave} />
          </IfAllowed>
        </div>
      </BgProvider>
    </div>
  );
}

function Sending({ onLeave }: { onLeave: () => void }) {
  const { send, sent, renew } = useSending();
  const [, setParams] = useSearchParams();
  return sent ? (
    <SentCard
      sent={sent}
      onAnother={renew}
      onOpen={id => setParams(new URLSearchParams({ id }))}
    />
  ) : (
    <SendFormCard send={send} onAnother={renew} onLeave={onLeave} />
  );
}
