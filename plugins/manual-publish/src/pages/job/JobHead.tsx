import {
  Alert,
  Button,
  ButtonLink,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { Job } from '@herald/backstage-plugin-manual-publish-common';
import { errorDetail } from '@herald/frontend';
import {
  RiArrowLeftLine,
  RiRestartLine,
  RiStopCircleLine,
  RiUploadCloud2Line,
} from '@remixicon/react';
import { useState } from 'react';
import type { FollowedJob } from '../../api/useJob';
import { usePaths } from '../../components/paths';
import {
  DryRunBadge,
  JobBadge,
  WarningsBadge,
} from '../../components/StatusBadge';
import { useMayPublish } from '../../components/useMayPublish';
import { useT } from '../../components/useWords';
import styles from './Job.module.css';
import { useFocusOnArrival } from './useFocusOnArrival';
import { useJobActions } from './useJobActions';

/** Which publication it is, what it is at, and what may be done with it. */
export function JobHead(props: { job: Job; take: FollowedJob['take'] }) {
  const { job, take } = props;
  const t = useT();
  const paths = usePaths();
  const title = useFocusOnArrival();
  // What was pressed is not there any more, and whoever uses the keyboard stays where they were.
  const actions = useJobActions(job, take, () => title.current?.focus());
  const mayPublish = useMayPublish(job.solution);
  const [isAsking, setIsAsking] = useState(false);
  const canPublish =
    job.dry_run && job.status === 'COMPLETED' && !job.unchanged && mayPublish;
  return (
    <>
      <div className={styles.head}>
        <div className={styles.titles}>
          <div>
            <ButtonLink
              size="small"
              variant="tertiary"
              iconStart={<RiArrowLeftLine />}
              href={paths.jobs}
            >
              {t('job.back')}
            </ButtonLink>
          </div>
          <h2 ref={title} tabIndex={-1} className={styles.title}>
            {job.title || job.solution}
          </h2>
          <div className={styles.badges}>
            <JobBadge status={job.status} />
            {job.dry_run && <DryRunBadge />}
            <WarningsBadge count={job.warning_count} />
          </div>
        </div>
        <div className={styles.buttons}>
          {job.may.cancel && (
            <Button
              variant="secondary"
              iconStart={<RiStopCircleLine />}
              isPending={actions.isPending}
              onPress={() => setIsAsking(true)}
            >
              {t('job.cancel')}
            </Button>
          )}
          {job.may.retry && (
            <Button
              iconStart={<RiRestartLine />}
              isPending={actions.isPending}
              onPress={actions.retry}
            >
              {t('job.retry')}
            </Button>
          )}
          {canPublish && (
            <Button
              iconStart={<RiUploadCloud2Line />}
              isPending={actions.isPending}
              onPress={actions.publish}
            >
              {t('job.publishNow')}
            </Button>
          )}
        </div>
      </div>
      {actions.error !== null && (
        <Alert
          role="alert"
          status="danger"
          icon
          title={t('job.actionFailed', {
            detail: errorDetail(actions.error) ?? '',
          })}
        />
      )}
      <Dialog isOpen={isAsking} onOpenChange={setIsAsking}>
        <DialogHeader>{t('job.cancelTitle')}</DialogHeader>
        <DialogBody>{t('job.cancelText')}</DialogBody>
        <DialogFooter>
          <Button variant="secondary" onPress={() => setIsAsking(false)}>
            {t('job.cancelKeep')}
          </Button>
          <Button
            destructive
            onPress={() => {
              setIsAsking(false);
              actions.cancel();
            }}
          >
            {t('job.cancelConfirm')}
          </Button>
        </DialogFooter>
      </Dialog>
    </>
  );
}
