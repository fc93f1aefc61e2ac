import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Radio, RadioGroup, Select } from '@backstage/ui';
import {
  notificationLimits,
  notificationSeverities,
} from '@herald/backstage-plugin-notifications-common';
import { Controller, useWatch, type Control } from 'react-hook-form';
import { notificationsTranslationRef } from '../../translation';
import { ActionFields } from './ActionFields';
import { EntityPicker } from './EntityPicker';
import { MomentInput, TextInput } from './fields';
import styles from './Send.module.css';
import type { SendForm } from './sendForm';

type FieldsProps = { control: Control<SendForm> };

export function AudienceFields({ control }: FieldsProps) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const audience = useWatch({ control, name: 'audience' });
  return (
    <>
      <Controller
        control={control}
        name="audience"
        render={({ field }) => (
          <RadioGroup
            label={t('send.audience')}
            value={field.value}
            onChange={field.onChange}
          >
            <Radio value="chosen">{t('send.audienceChosen')}</Radio>
            <Radio value="everybody">{t('send.audienceEverybody')}</Radio>
          </RadioGroup>
        )}
      />
      {audience === 'everybody' ? (
        <Alert
          status="warning"
          icon
          role="status"
          title={t('send.everybodyTitle')}
          description={t('send.everybodyText')}
        />
      ) : (
        <Controller
          control={control}
          name="targets"
          render={({ field, fieldState }) => (
            <EntityPicker
              label={t('send.targets')}
              hint={t('send.targetsHint')}
              chosenLabel={t('send.targetsChosen')}
              refs={field.value}
              problem={fieldState.error?.message}
              onChange={field.onChange}
            />
          )}
        />
      )}
      <Controller
        control={control}
        name="exclusions"
        render={({ field, fieldState }) => (
          <EntityPicker
            label={t('send.exclusions')}
            hint={t('send.exclusionsHint')}
            chosenLabel={t('send.exclusionsChosen')}
            refs={field.value}
            problem={fieldState.error?.message}
            onChange={field.onChange}
          />
        )}
      />
    </>
  );
}

export function ContentFields({ control }: FieldsProps) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <>
      <TextInput
        control={control}
        name="title"
        label={t('send.title')}
        note={t('send.required')}
        maxLength={notificationLimits.titleLength}
      />
      <TextInput
        control={control}
        name="message"
        label={t('send.message')}
        hint={t('send.messageHint')}
        maxLength={notificationLimits.messageLength}
        rows={6}
      />
      <div className={styles.pair}>
        <Controller
          control={control}
          name="severity"
          render={({ field }) => (
            <Select
              label={t('send.severity')}
              value={field.value}
              options={notificationSeverities.map(id => ({
                id,
                label: t(`severity.${id}`),
              }))}
              onChange={field.onChange}
            />
          )}
        />
        <TextInput
          control={control}
          name="origin"
          label={t('send.origin')}
          note={t('send.required')}
          maxLength={notificationLimits.originLength}
        />
        <TextInput
          control={control}
          name="topic"
          label={t('send.topic')}
          maxLength={notificationLimits.topicLength}
        />
      </div>
      <TextInput
        control={control}
        name="link"
        label={t('send.link')}
        hint={t('send.linkHint')}
        maxLength={notificationLimits.urlLength}
      />
      <ActionFields control={control} />
    </>
  );
}

export function TimeFields({ control }: FieldsProps) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <div className={styles.pair}>
      <MomentInput
        control={control}
        name="sendAt"
        label={t('send.sendAt')}
        hint={t('send.sendAtHint')}
      />
      <MomentInput
        control={control}
        name="expiresAt"
        label={t('send.expiresAt')}
        hint={t('send.expiresAtHint')}
      />
    </div>
  );
}
