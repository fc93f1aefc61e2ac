import { Link } from '@backstage/ui';
import {
  isFinal,
  type JobSummary,
} from '@herald/backstage-plugin-manual-publish-common';
import { RelativeTime } from '@herald/frontend';
import { Bar } from './Bar';
import { usePaths } from './paths';
import { JobBadge } from './StatusBadge';
import { useT } from './useWords';
import { jobPercent } from '../jobs/jobSteps';
import styles from './JobLine.module.css';

/** One publication where there is little room. */
export function JobLine({ job }: { job: JobSummary }) {
  const t = useT();
  const paths = usePaths();
  const percent = jobPercent(job);
  const title = job.title || job.solution;
  return (
    <div className={styles.line}>
      <Link className={styles.title} href={paths.job(job.id)}>
        {title}
      </Link>
      <JobBadge status={job.status} />
      <span className={styles.moment}>
        <RelativeTime moment={job.created_at} justNow={t('moment.justNow')} />
      </span>
      {!isFinal(job.status) && (
        <div className={styles.bar}>
          <Bar
            isBare
            label={t('jobs.progress', { title })}
            percent={percent}
            value={t('job.percent', { percent: String(percent) })}
          />
        </div>
      )}
    </div>
  );
}
