import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon, Text } from '@backstage/ui';
import { errorDetail, Notice, statusOf } from '@herald/frontend';
import { RiCloseLine, RiLinkM, RiLinkUnlinkM } from '@remixicon/react';
import { useEffect, useId, useRef } from 'react';
import { LoadingRows } from '../components/LoadingRows';
import { NotificationRow } from '../components/NotificationRow';
import type { RowHandlers } from '../components/rowHandlers';
import { notificationsTranslationRef } from '../translation';
import styles from './LinkedCard.module.css';
import type { LinkedMessage } from './useLinkedMessage';

/** The message that a link led to, above the list. Who comes by a link has read it. */
export function LinkedCard(props: { linked: LinkedMessage; on: RowHandlers }) {
  const { linked, on } = props;
  const { id, message, error } = linked;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const card = useRef<HTMLElement>(null);
  const titleId = useId();

  useEffect(() => {
    if (message?.id === id || error) {
      card.current?.scrollIntoView({ block: 'nearest' });
      card.current?.focus({ preventScroll: true });
    }
  }, [id, message?.id, error]);

  // Once: who marks it as unread again means it.
  const marked = useRef<string>();
  useEffect(() => {
    if (message && marked.current !== message.id) {
      marked.current = message.id;
      if (!message.readByUser) {
        on.setRead([message.id], true);
      }
    }
  }, [message, on]);

  if (id === undefined) {
    return null;
  }
  return (
    <section
      ref={card}
      tabIndex={-1}
      className={styles.card}
      aria-labelledby={titleId}
    >
      <div className={styles.head}>
        <RiLinkM size={18} aria-hidden />
        <Text
          as="h2"
          id={titleId}
          variant="body-medium"
          weight="bold"
          className={styles.title}
        >
          {t('linked.title')}
        </Text>
        <ButtonIcon
          variant="tertiary"
          size="small"
          icon={<RiCloseLine />}
          aria-label={t('linked.close')}
          onPress={linked.close}
        />
      </div>
      {linked.isLoading && <LoadingRows count={1} />}
      {(error || linked.isGone) && <Missing linked={linked} />}
      {message && !error && (
        <ul className={styles.row} aria-labelledby={titleId}>
          <NotificationRow
            notification={message}
            isSelected={undefined}
            on={on}
          />
        </ul>
      )}
    </section>
  );
}

function Missing({ linked }: { linked: LinkedMessage }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const status = statusOf(linked.error);
  // What is no id cannot be that of a message either.
  const isUnknown = linked.isGone || status === 404 || status === 400;
  return (
    <Notice
      role="alert"
      icon={<RiLinkUnlinkM size={28} />}
      title={t(isUnknown ? 'linked.unknownTitle' : 'linked.failedTitle')}
      text={t(isUnknown ? 'linked.unknownText' : 'failure.text')}
      detail={isUnknown ? undefined : errorDetail(linked.error)}
    >
      {isUnknown ? (
        <Button variant="secondary" onPress={linked.close}>
          {t('linked.close')}
        </Button>
      ) : (
        <Button onPress={linked.retry}>{t('failure.retry')}</Button>
      )}
    </Notice>
  );
}
