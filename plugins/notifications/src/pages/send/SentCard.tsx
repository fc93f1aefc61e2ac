import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { Notice } from '@herald/frontend';
import { RiMailCheckLine, RiTimeLine } from '@remixicon/react';
import { useQuery } from '@tanstack/react-query';
import { DateTime } from 'luxon';
import { useEffect, useRef } from 'react';
import { notificationsApiRef } from '../../api/notificationsApi';
import { notificationsTranslationRef } from '../../translation';
import styles from './Send.module.css';
import type { Sent } from './useSending';

/** That it was sent, and the ways on. It can be opened by those only whom it was sent to. */
export function SentCard(props: {
  sent: Sent;
  onAnother: () => void;
  onOpen: (id: string) => void;
}) {
  const { sent, onAnother, onOpen } = props;
  const { messageId, title, sendAt } = sent;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const api = useApi(notificationsApiRef);
  const isLater = sendAt !== undefined && sendAt.getTime() > Date.now();
  const own = useQuery({
    queryKey: ['notifications', 'sent', messageId],
    queryFn: ({ signal }) => api.getNotification(messageId, { signal }),
    enabled: !isLater,
    retry: false,
  });
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => card.current?.focus(), []);
  return (
    <div ref={card} tabIndex={-1} className={styles.sent}>
      <Notice
        icon={
          isLater ? <RiTimeLine size={28} /> : <RiMailCheckLine size={28} />
        }
        title={t(isLater ? 'send.scheduledTitle' : 'send.sentTitle')}
        text={
          isLater
            ? t('send.scheduledText', {
                title,
                time: DateTime.fromJSDate(sendAt).toLocaleString(
                  DateTime.DATETIME_MED,
                ),
              })
            : t('send.sentText', { title })
        }
      >
        {own.isSuccess && (
          <Button variant="secondary" onPress={() => onOpen(messageId)}>
            {t('send.openSent')}
          </Button>
        )}
        <Button variant="secondary" onPress={onAnother}>
          {t('send.another')}
        </Button>
      </Notice>
    </div>
  );
}
