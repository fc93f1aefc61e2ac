import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Radio, RadioGroup } from '@backstage/ui';
import {
  notificationLimits,
  notificationSeverities,
} from '@herald/backstage-plugin-notifications-common';
import { Controller, useWatch, type Control } from 'react-hook-form';
import { notificationsTranslationRef } from '../../translation';
import { ActionFields } from './ActionFields';
import { ChoiceInput, EntitiesInput, MomentInput, TextInput } from './fields';
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
        <EntitiesInput
          control={control}
          name="targets"
          label={t('send.targets')}
          hint={t('send.targetsHint')}
          chosenLabel={t('send.targetsChosen')}
        />
      )}
      <EntitiesInput
        control={control}
        name="exclusions"
        label={t('send.exclusions')}
        hint={t('send.exclusionsHint')}
        chosenLabel={t('send.exclusionsChosen')}
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
        <ChoiceInput
          control={control}
          name="severity"
          label={t('send.severity')}
          options={notificationSeverities.map(id => ({
            id,
            label: t(`severity.${id}`),
          }))}
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
