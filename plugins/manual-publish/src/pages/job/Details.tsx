import { Link } from '@backstage/ui';
import {
  isFinal,
  type Job,
} from '@herald/backstage-plugin-manual-publish-common';
import { Moment } from '@herald/frontend';
import { usePaths } from '../../components/paths';
import { useDuration, useLanguageName, useT } from '../../components/useWords';
import { useSeconds } from '../../components/useSeconds';
import { whoIs } from '../../jobs/whoIs';
import styles from './Job.module.css';

/** Who asked for what, and when. */
export function Details({ job }: { job: Job }) {
  const t = useT();
  const nameOf = useLanguageName();
  const duration = useDuration();
  const paths = usePaths();
  const now = useSeconds(!isFinal(job.status));
  const { started_at: started, ended_at: ended, retry_of: retryOf } = job;
  return (
    <dl className={styles.facts}>
      <dt>{t('job.solution')}</dt>
      <dd>
        <Link href={paths.manuals(job.solution)}>{job.solution}</Link>
      </dd>
      <dt>{t('job.languages')}</dt>
      <dd>{job.target_languages.map(nameOf).join(', ')}</dd>
      <dt>{t('job.requestedBy')}</dt>
      <dd title={job.requested_by}>{whoIs(job.requested_by)}</dd>
      <dt>{t('job.created')}</dt>
      <dd>
        <Moment moment={job.created_at} />
      </dd>
      {started && (
        <>
          <dt>{t('job.duration')}</dt>
          <dd>
            {duration((ended ? Date.parse(ended) : now) - Date.parse(started))}
          </dd>
        </>
      )}
      {(job.force || job.update_slugs) && (
        <>
          <dt>{t('publish.advanced')}</dt>
          {job.force && <dd>{t('job.force')}</dd>}
          {job.update_slugs && <dd>{t('job.updateSlugs')}</dd>}
        </>
      )}
      {retryOf && (
        <>
          <dt>{t('job.retryOf')}</dt>
          <dd>
            <Link href={paths.job(retryOf)}>{t('job.earlier')}</Link>
          </dd>
        </>
      )}
    </dl>
  );
}
