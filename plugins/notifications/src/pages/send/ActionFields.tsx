import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ButtonIcon } from '@backstage/ui';
import { notificationLimits } from '@herald/backstage-plugin-notifications-common';
import { RiAddLine, RiDeleteBinLine } from '@remixicon/react';
import { useFieldArray, type Control } from 'react-hook-form';
import { notificationsTranslationRef } from '../../translation';
import { TextInput } from './fields';
import styles from './Send.module.css';
import type { SendForm } from './sendForm';

/** The links below the message. */
export function ActionFields({ control }: { control: Control<SendForm> }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const { fields, append, remove } = useFieldArray({
    control,
    name: 'actions',
  });
  return (
    <div
      role="group"
      aria-label={t('send.actions')}
      className={styles.actionList}
    >
      {fields.map(({ id }, index) => (
        <div key={id} className={styles.action}>
          <TextInput
            control={control}
            name={`actions.${index}.title`}
            label={t('send.actionTitle', { number: String(index + 1) })}
            maxLength={notificationLimits.actionTitleLength}
          />
          <TextInput
            control={control}
            name={`actions.${index}.url`}
            label={t('send.actionUrl', { number: String(index + 1) })}
            maxLength={notificationLimits.urlLength}
          />
          <ButtonIcon
            variant="tertiary"
            icon={<RiDeleteBinLine />}
            aria-label={t('send.removeAction', { number: String(index + 1) })}
            onPress={() => remove(index)}
          />
        </div>
      ))}
      {fields.length < notificationLimits.actions && (
        <Button
          variant="secondary"
          size="small"
          iconStart={<RiAddLine />}
          onPress={() => append({ title: '', url: '' })}
        >
          {t('send.addAction')}
        </Button>
      )}
    </div>
  );
}
