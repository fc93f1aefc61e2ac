import { Link } from '@backstage/ui';
import {
  isFinal,
  type JobSummary,
} from '@herald/backstage-plugin-manual-publish-common';
import { RelativeTime } from '@herald/frontend';
import { memo } from 'react';
import { Bar } from '../../components/Bar';
import { usePaths } from '../../components/paths';
import {
  DryRunBadge,
  JobBadge,
  WarningsBadge,
} from '../../components/StatusBadge';
import { useDuration, useLanguageName, useT } from '../../components/useWords';
import { useSeconds } from '../../components/useSeconds';
import { jobPercent } from '../../jobs/jobSteps';
import { whoIs } from '../../jobs/whoIs';
import styles from './Jobs.module.css';

/** One publication in a list, with a bar while it is under way. */
export const JobRow = memo(({ job }: { job: JobSummary }) => {
  const t = useT();
  const paths = usePaths();
  const nameOf = useLanguageName();
  const isRunning = !isFinal(job.status);
  const percent = jobPercent(job);
  return (
    <li className={styles.row}>
      <h3 className={styles.title}>
        <Link
          standalone
          href={paths.job(job.id)}
          variant="body-medium"
          weight="bold"
        >
          {job.title || job.solution}
        </Link>
      </h3>
      <span className={styles.badges}>
        {job.dry_run && <DryRunBadge />}
        <WarningsBadge count={job.warning_count} />
        <JobBadge status={job.status} />
      </span>
      <p className={styles.about}>
        <span>{job.solution}</span>
        <span>{job.target_languages.map(nameOf).join(', ')}</span>
        <span title={job.requested_by}>
          {t('job.by', { who: whoIs(job.requested_by) })}
        </span>
        {job.unchanged && <span>{t('jobs.unchanged')}</span>}
      </p>
      <span className={styles.times}>
        <RelativeTime moment={job.created_at} justNow={t('moment.justNow')} />
        <Took job={job} />
      </span>
      {isRunning && (
        <div className={styles.wide}>
          <Bar
            isBare
            label={t('jobs.progress', { title: job.title || job.solution })}
            percent={percent}
            value={t('job.percent', { percent: String(percent) })}
          />
        </div>
      )}
      {job.failure && (
        <p className={`${styles.failure} ${styles.wide}`}>
          {t(`job.failure.${job.failure.reason}.title`)}
        </p>
      )}
    </li>
  );
});

function Took({ job }: { job: JobSummary }) {
  const { started_at: started, ended_at: ended } = job;
  const t = useT();
  const duration = useDuration();
  const isRunning = started !== null && ended === null;
  const now = useSeconds(isRunning);
  if (started === null) {
    return null;
  }
  const ms = (ended ? Date.parse(ended) : now) - Date.parse(started);
  return (
    <>
      {' · '}
      {t(isRunning ? 'jobs.since' : 'jobs.took', { duration: duration(ms) })}
    </>
  );
}
