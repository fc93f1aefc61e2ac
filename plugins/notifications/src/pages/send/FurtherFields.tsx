import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import {
  notificationLimits,
  notificationTypes,
} from '@herald/backstage-plugin-notifications-common';
import { useEffect, useState } from 'react';
import { useFormState, type Control } from 'react-hook-form';
import { notificationsTranslationRef } from '../../translation';
import { ChoiceInput, TextInput } from './fields';
import styles from './Send.module.css';
import { furtherFields, type SendForm } from './sendForm';

/** What few messages need. It unfolds by itself where something in it is wrong. */
export function FurtherFields({ control }: { control: Control<SendForm> }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const { errors } = useFormState({ control });
  const [isOpen, setIsOpen] = useState(false);
  const isWrong = furtherFields.some(field => errors[field] !== undefined);
  useEffect(() => {
    if (isWrong) {
      // It does not fold again while the person is mending it.
      setIsOpen(true);
    }
  }, [isWrong]);
  return (
    <Accordion isExpanded={isOpen || isWrong} onExpandedChange={setIsOpen}>
      <AccordionTrigger title={t('send.further')} />
      <AccordionPanel>
        <div className={styles.fields}>
          <ChoiceInput
            control={control}
            name="type"
            label={t('send.type')}
            options={[
              { id: 'none', label: t('send.typeNone') },
              ...notificationTypes.map(id => ({ id, label: t(`type.${id}`) })),
            ]}
          />
          <div className={styles.pair}>
            <TextInput
              control={control}
              name="solution"
              label={t('send.solution')}
              hint={t('send.solutionHint')}
              maxLength={notificationLimits.solutionLength}
            />
            <TextInput
              control={control}
              name="documentTitle"
              label={t('send.documentTitle')}
              maxLength={notificationLimits.documentTitleLength}
            />
          </div>
          <TextInput
            control={control}
            name="icon"
            label={t('send.icon')}
            hint={t('send.iconHint')}
            maxLength={notificationLimits.iconLength}
          />
          <TextInput
            control={control}
            name="scope"
            label={t('send.scope')}
            hint={t('send.scopeHint')}
            maxLength={notificationLimits.scopeLength}
          />
          <TextInput
            control={control}
            name="metadata"
            label={t('send.metadata')}
            hint={t('send.metadataHint')}
            rows={3}
          />
        </div>
      </AccordionPanel>
    </Accordion>
  );
}
