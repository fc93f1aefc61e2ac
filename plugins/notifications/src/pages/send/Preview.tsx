import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { BgProvider } from '@backstage/ui';
import { useId } from 'react';
import { useWatch, type Control } from 'react-hook-form';
import { MessageBody } from '../../components/MessageBody';
import { notificationsTranslationRef } from '../../translation';
import styles from './Send.module.css';
import { toPreview, type SendForm } from './sendForm';

/** The message as its readers will see it, while it is being written. */
export function Preview({ control }: { control: Control<SendForm> }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const titleId = useId();
  const form = useWatch({ control }) as SendForm;
  const shown = toPreview(form, new Date());
  return (
    <section className={styles.preview} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles.subheading}>
        {t('send.preview')}
      </h2>
      <BgProvider bg="neutral-1">
        <div className={styles.previewRow}>
          <MessageBody
            notification={{
              ...shown,
              title: shown.title.trim() || t('send.previewTitle'),
              origin: shown.origin.trim() || t('send.previewOrigin'),
            }}
          />
        </div>
      </BgProvider>
    </section>
  );
}
