import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, DialogBody, DialogFooter, Link } from '@backstage/ui';
import {
  isFinal,
  type Job,
} from '@herald/backstage-plugin-manual-publish-common';
import { errorDetail } from '@herald/frontend';
import { manualPublishApiRef } from '../api/manualPublishApi';
import { useJob, type FollowedJob } from '../api/useJob';
import { Bar } from '../components/Bar';
import { usePaths } from '../components/paths';
import { useT } from '../components/useWords';
import { jobPercent } from '../jobs/jobSteps';
import { EstimateView } from './EstimateView';
import styles from './Publish.module.css';
import { useLeaving } from './useLeaving';

/** The dry run, followed until its estimate is there. Leaving it early, in whatever way, cancels it: nobody waits for it any more. */
export function EstimateStep(props: {
  jobId: string;
  solution: string;
  problem: string | undefined;
  isPublishing: boolean;
  onBack: () => void;
  onPublish: () => void;
  onClose: () => void;
}) {
  const { jobId, solution, problem, isPublishing } = props;
  const { onBack, onPublish, onClose } = props;
  const t = useT();
  const api = useApi(manualPublishApiRef);
  const followed = useJob(jobId);
  const { job } = followed;
  const isOver = job !== undefined && isFinal(job.status);
  useLeaving(() => {
    if (!isOver) {
      // It ends by itself where this fails.
      api.cancelJob(jobId).catch(() => {});
    }
  });
  return (
    <>
      <DialogBody>
        <div className={styles.body}>
          {problem !== undefined && (
            <Alert
              role="alert"
              status="danger"
              icon
              title={t('publish.refused.title')}
              description={problem}
            />
          )}
          <Found followed={followed} solution={solution} />
        </div>
      </DialogBody>
      <DialogFooter>
        <div className={styles.footer}>
          <Button variant="tertiary" onPress={onClose}>
            {t('publish.cancel')}
          </Button>
          <Button variant="secondary" onPress={onBack}>
            {t('publish.back')}
          </Button>
          <Button
            isDisabled={job?.status !== 'COMPLETED'}
            isPending={isPublishing}
            onPress={onPublish}
          >
            {t('publish.submit')}
          </Button>
        </div>
      </DialogFooter>
    </>
  );
}

function Found(props: { followed: FollowedJob; solution: string }) {
  const { followed, solution } = props;
  const { job, error } = followed;
  const t = useT();
  const paths = usePaths();
  if (error) {
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={t('publish.failedEstimate')}
        description={errorDetail(error)}
      />
    );
  }
  if (!job || !isFinal(job.status)) {
    return <Estimating job={job} solution={solution} />;
  }
  if (job.status !== 'COMPLETED') {
    const reason = job.failure?.reason ?? 'INTERNAL';
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={
          job.failure
            ? t(`job.failure.${reason}.title`)
            : t('publish.failedEstimate')
        }
        description={
          <>
            {job.failure?.detail}{' '}
            <Link href={paths.job(job.id)}>{t('publish.showDryRun')}</Link>
          </>
        }
      />
    );
  }
  return (
    <>
      <EstimateView job={job} />
      {job.warning_count > 0 && (
        <p className={styles.hint}>
          {t('publish.warnings', { count: job.warning_count })}{' '}
          <Link href={paths.job(job.id)}>{t('publish.showDryRun')}</Link>
        </p>
      )}
    </>
  );
}

function Estimating(props: { job: Job | undefined; solution: string }) {
  const { job, solution } = props;
  const t = useT();
  const percent = job ? jobPercent(job) : 0;
  return (
    <div className={styles.part} role="status">
      <Bar
        label={t('publish.estimating')}
        percent={percent}
        value={t('job.percent', { percent: String(percent) })}
      />
      <p className={styles.hint}>
        {job?.status === 'QUEUED'
          ? t('publish.queued', { solution })
          : job?.progress.current ?? t('publish.estimatingText')}
      </p>
    </div>
  );
}
