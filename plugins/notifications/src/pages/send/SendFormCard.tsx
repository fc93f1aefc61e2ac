import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
} from '@backstage/ui';
import { errorDetail, statusOf } from '@herald/frontend';
import { RiSendPlaneLine } from '@remixicon/react';
import { useEffect, useRef, useState } from 'react';
import {
  set,
  useForm,
  type FieldErrors,
  type FieldPath,
  type Resolver,
} from 'react-hook-form';
import { notificationsTranslationRef } from '../../translation';
import { Preview } from './Preview';
import styles from './Send.module.css';
import { FurtherFields } from './FurtherFields';
import { emptyForm, toMessage, type SendForm } from './sendForm';
import { AudienceFields, ContentFields, TimeFields } from './SendFormFields';
import { problemsOf, problemsOfRefusal, type Say } from './sendProblems';
import type { useSending } from './useSending';

type SendFormCardProps = {
  send: ReturnType<typeof useSending>['send'];
  /** Makes the next attempt another message. */
  onAnother: () => void;
  onLeave: () => void;
};

/** Writes a message: checked as it is sent, and what the server refuses is said at its field. */
export function SendFormCard(props: SendFormCardProps) {
  const { send, onAnother, onLeave } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const say: Say = (mistake, about) => t(`send.${mistake}`, about);
  const form = useForm<SendForm>({
    defaultValues: emptyForm,
    resolver: async values => checked(values, say),
    shouldFocusError: false,
  });
  const { control, handleSubmit, setError, clearErrors, formState } = form;
  const [toConfirm, setToConfirm] = useState<SendForm>();
  const [isUsed, setIsUsed] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  useFocusOnProblem(element, formState.submitCount, formState.isSubmitting);

  const deliver = async (values: SendForm) => {
    setToConfirm(undefined);
    setIsUsed(false);
    clearErrors('root');
    try {
      await send(toMessage(values));
    } catch (error) {
      if (statusOf(error) === 409) {
        setIsUsed(true);
        return;
      }
      const problems = Object.entries(
        problemsOfRefusal(error, errorDetail(error) ?? '', values, say),
      );
      for (const [field, message] of problems) {
        setError(field === 'form' ? 'root' : (field as FieldPath<SendForm>), {
          type: 'server',
          message,
        });
      }
    }
  };
  const submit = handleSubmit(async values => {
    if (values.audience === 'everybody') {
      setToConfirm(values);
    } else {
      await deliver(values);
    }
  });

  return (
    <form
      ref={element}
      className={styles.form}
      noValidate
      aria-label={t('send.heading')}
      onSubmit={event => void submit(event)}
    >
      <div className={styles.fields}>
        <AudienceFields control={control} />
        <ContentFields control={control} />
        <TimeFields control={control} />
        <FurtherFields control={control} />
        {formState.errors.root && (
          <Alert
            role="alert"
            status="danger"
            icon
            title={t('send.failed')}
            description={formState.errors.root.message}
          />
        )}
        {isUsed && (
          <Alert
            role="alert"
            status="warning"
            icon
            title={t('send.usedTitle')}
            description={t('send.usedText')}
            customActions={
              <Button
                size="small"
                variant="secondary"
                onPress={() => {
                  setIsUsed(false);
                  onAnother();
                }}
              >
                {t('send.usedAnother')}
              </Button>
            }
          />
        )}
        <div className={styles.submit}>
          <Button
            type="submit"
            variant="primary"
            iconStart={<RiSendPlaneLine />}
            isPending={formState.isSubmitting}
          >
            {t('send.submit')}
          </Button>
          <Button variant="tertiary" onPress={onLeave}>
            {t('send.cancel')}
          </Button>
        </div>
      </div>
      <Preview control={control} />
      {toConfirm && (
        <EverybodyDialog
          title={toConfirm.title}
          onConfirm={() => handleSubmit(deliver)()}
          onCancel={() => setToConfirm(undefined)}
        />
      )}
    </form>
  );
}

function checked(
  values: SendForm,
  say: Say,
): Awaited<ReturnType<Resolver<SendForm>>> {
  const problems = Object.entries(problemsOf(values, Date.now(), say));
  if (problems.length === 0) {
    return { values, errors: {} };
  }
  const errors: FieldErrors<SendForm> = {};
  for (const [field, message] of problems) {
    set(errors, field === 'form' ? 'root' : field, { type: 'schema', message });
  }
  return { values: {}, errors };
}

/** Where a form is refused, the first field at fault is where to go on. */
function useFocusOnProblem(
  form: React.RefObject<HTMLFormElement | null>,
  submitCount: number,
  isSubmitting: boolean,
) {
  useEffect(() => {
    if (submitCount > 0 && !isSubmitting) {
      form.current
        ?.querySelector<HTMLElement>('[aria-invalid="true"]')
        ?.focus();
    }
  }, [form, submitCount, isSubmitting]);
}

function EverybodyDialog(props: {
  title: string;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const { title, onConfirm, onCancel } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onCancel()} width={440}>
      <DialogHeader>{t('send.confirmTitle')}</DialogHeader>
      <DialogBody>
        <Text as="p">{t('send.confirmText', { title })}</Text>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onCancel}>
          {t('send.confirmCancel')}
        </Button>
        <Button variant="primary" onPress={onConfirm}>
          {t('send.confirmSend')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
