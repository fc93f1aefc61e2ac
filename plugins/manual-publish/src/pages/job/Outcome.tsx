import { Alert } from '@backstage/ui';
import type { Job } from '@herald/backstage-plugin-manual-publish-common';
import { WebLink } from '@herald/frontend';
import { useT } from '../../components/useWords';
import { jobSteps } from '../../jobs/jobSteps';
import styles from './Job.module.css';

/** How a publication has ended, and what to do where it did not end well. */
export function Outcome({ job }: { job: Job }) {
  const t = useT();
  switch (job.status) {
    case 'FAILED':
      return <Failure job={job} />;
    case 'CANCELLED':
      return (
        <Alert
          role="status"
          status="info"
          icon
          title={t('job.cancelledTitle')}
          description={t('job.cancelledText')}
        />
      );
    case 'COMPLETED': {
      const kind = completion(job);
      return (
        <Alert
          role="status"
          status="success"
          icon
          title={t(`job.${kind}Title`)}
          description={t(`job.${kind}Text`)}
        />
      );
    }
    default:
      return null;
  }
}

function completion({ dry_run: isDry, unchanged }: Job) {
  if (isDry) {
    return 'dryRun';
  }
  return unchanged ? 'unchanged' : 'completed';
}

function Failure({ job }: { job: Job }) {
  const t = useT();
  const reason = job.failure?.reason ?? 'INTERNAL';
  const failed = jobSteps(job).find(({ state }) => state === 'failed');
  const pageId = job.failure?.page_id;
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={t(`job.failure.${reason}.title`)}
      description={
        <>
          {t(`job.failure.${reason}.text`)}
          <code className={styles.detail}>
            {[job.failure?.place, job.failure?.detail]
              .filter(Boolean)
              .join('\n')}
          </code>
          {failed && (
            <span className={styles.failedAt}>
              {t('job.failedAt', { step: t(`status.${failed.name}`) })}
            </span>
          )}
          {pageId && (
            <WebLink url={notionUrl(pageId)} hint={t('link.newTab')}>
              {t('job.failedPage')}
            </WebLink>
          )}
        </>
      }
    />
  );
}

/** Notion leads from the bare id to the page, whatever its title. */
function notionUrl(pageId: string): string {
  return `https://www.notion.so/${pageId.replaceAll('-', '')}`;
}
