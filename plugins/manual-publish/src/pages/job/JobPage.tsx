import { VisuallyHidden } from '@backstage/ui';
import {
  isFinal,
  type Job,
} from '@herald/backstage-plugin-manual-publish-common';
import { FailureNotice, LoadingRows, useTitlePrefix } from '@herald/frontend';
import { memo } from 'react';
import { useJob, type FollowedJob } from '../../api/useJob';
import { Panel } from '../../components/Panel';
import { useFailureWords, useT } from '../../components/useWords';
import { jobPercent } from '../../jobs/jobSteps';
import { EstimateView } from '../../publish/EstimateView';
import { Commits } from './Commits';
import { Connection } from './Connection';
import { Cost } from './Cost';
import { Details } from './Details';
import styles from './Job.module.css';
import { JobHead } from './JobHead';
import { JobLog } from './JobLog';
import { Outcome } from './Outcome';
import { Progress } from './Progress';
import { Stepper } from './Stepper';
import { Warnings } from './Warnings';

/** One publication, followed while it goes on. */
export function JobPage({ id }: { id: string }) {
  const t = useT();
  const words = useFailureWords('job');
  const followed = useJob(id);
  const { job, error, retry } = followed;
  useTitlePrefix(useTitle(job));
  if (!job) {
    return error ? (
      <FailureNotice error={error} words={words} onRetry={retry} />
    ) : (
      <LoadingRows label={t('job.loading')} />
    );
  }
  return <KnownJob followed={followed} job={job} />;
}

/** What the title of the tab says, for who looks at another. */
function useTitle(job: Job | undefined): string {
  const t = useT();
  if (!job) {
    return '';
  }
  const state =
    isFinal(job.status) || job.status === 'QUEUED'
      ? t(`status.${job.status}`)
      : t('job.percent', { percent: String(jobPercent(job)) });
  return `${state} · ${job.title} · `;
}

// A line of the log changes nothing of the job, and a hundred of them may come in a second: these are not rendered anew with each.

const Head = memo((props: { job: Job; take: FollowedJob['take'] }) => {
  const { job, take } = props;
  const t = useT();
  return (
    <>
      <VisuallyHidden role="status">{t(`status.${job.status}`)}</VisuallyHidden>
      <JobHead job={job} take={take} />
    </>
  );
});

const Side = memo(({ job }: { job: Job }) => {
  const t = useT();
  return (
    <div className={styles.side}>
      <Panel title={t('job.steps')}>
        <Stepper job={job} />
      </Panel>
      <Panel title={t('job.details')} className={styles.last}>
        <Details job={job} />
      </Panel>
      <Panel title={t('job.cost')} className={styles.last}>
        <Cost cost={job.cost} />
      </Panel>
    </div>
  );
});

const Results = memo(({ job }: { job: Job }) => {
  const t = useT();
  return (
    <>
      <Panel title={t('job.progress')}>
        <Progress job={job} />
      </Panel>
      {job.estimate && (
        <Panel title={t('job.estimate')}>
          <EstimateView job={job} />
        </Panel>
      )}
      {job.warning_count > 0 && <Warnings job={job} />}
      {!job.dry_run && (
        <Panel title={t('job.commits')}>
          <Commits job={job} />
        </Panel>
      )}
    </>
  );
});

function KnownJob({ followed, job }: { followed: FollowedJob; job: Job }) {
  const t = useT();
  return (
    <div className={styles.page}>
      <Head job={job} take={followed.take} />
      {!isFinal(job.status) && <Connection followed={followed} />}
      <Outcome job={job} />
      <div className={styles.columns}>
        <Side job={job} />
        <div className={styles.main}>
          <Results job={job} />
          <Panel title={t('job.log')}>
            <JobLog
              log={followed.log}
              olderLines={followed.olderLines}
              emptyLog={followed.emptyLog}
            />
          </Panel>
        </div>
      </div>
    </div>
  );
}
