import {
  isFinal,
  type Job,
} from '@herald/backstage-plugin-manual-publish-common';
import { WebLink } from '@herald/frontend';
import { useT } from '../../components/useWords';
import styles from './Job.module.css';

const SHORT_SHA = 10;

export function Commits({ job }: { job: Job }) {
  const t = useT();
  if (job.commits.length === 0) {
    const none = isFinal(job.status) ? 'job.noCommitsAtAll' : 'job.noCommits';
    return (
      <p className={styles.hint}>{t(job.unchanged ? 'job.unchanged' : none)}</p>
    );
  }
  return (
    <ul className={styles.commits}>
      {job.commits.map(({ sha, kind, message, url }) => {
        const short = sha.slice(0, SHORT_SHA);
        return (
          <li key={sha} className={styles.commit}>
            <span className={styles.sha}>
              {url ? (
                <WebLink url={url} hint={t('link.newTab')}>
                  {short}
                </WebLink>
              ) : (
                short
              )}
            </span>
            <span className={styles.hint}>{t(`job.commitKind.${kind}`)}</span>
            <span>{message.split('\n', 1)}</span>
          </li>
        );
      })}
    </ul>
  );
}
