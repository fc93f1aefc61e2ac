import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Text,
} from '@backstage/ui';
import { RiCheckDoubleLine } from '@remixicon/react';
import type { Affected, MarkAll } from '../pages/useMarkAllRead';
import { notificationsTranslationRef } from '../translation';

/** Marks all as read; asks first where more would be marked than can be seen. */
export function MarkAllReadButton({ markAll }: { markAll: MarkAll }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const { state } = markAll;
  return (
    <>
      {(markAll.isUseful || state.step === 'marking') && (
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiCheckDoubleLine />}
          isPending={state.step === 'counting' || state.step === 'marking'}
          onPress={markAll.start}
        >
          {t('markAll.button')}
        </Button>
      )}
      {state.step === 'confirming' && (
        <Confirmation
          affected={state.affected}
          onConfirm={markAll.confirm}
          onCancel={markAll.cancel}
        />
      )}
    </>
  );
}

function Confirmation(props: {
  affected: Affected;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const { affected, onConfirm, onCancel } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onCancel()} width={440}>
      <DialogHeader>
        {t('markAll.confirmTitle', { count: affected.count })}
      </DialogHeader>
      <DialogBody>
        <Text as="p">
          {t('markAll.confirmText', {
            shown: String(affected.shown),
            hidden: String(affected.count - affected.shown),
          })}
        </Text>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onCancel}>
          {t('markAll.cancel')}
        </Button>
        <Button variant="primary" onPress={onConfirm}>
          {t('markAll.confirm')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
