import {
  isFinal,
  type Job,
} from '@herald/backstage-plugin-manual-publish-common';
import { Bar } from '../../components/Bar';
import { useLanguageName, useNumbers, useT } from '../../components/useWords';
import { jobPercent } from '../../jobs/jobSteps';
import styles from './Job.module.css';

type Count = { done: number; total: number };

/** How far a job is: as a whole, in pages, and in each language. */
export function Progress({ job }: { job: Job }) {
  const t = useT();
  const nameOf = useLanguageName();
  const { number } = useNumbers();
  const { pages, languages, current } = job.progress;
  const percent = jobPercent(job);
  const busyWith =
    job.status === 'QUEUED'
      ? t('publish.queued', { solution: job.solution })
      : current;
  // How far it had come is in the steps, and in what was counted.
  const hasStopped = job.status === 'FAILED' || job.status === 'CANCELLED';
  const isDone = job.status === 'COMPLETED';
  const counted = (count: Count) =>
    count.total === 0
      ? t(isDone ? 'job.nothingToDo' : 'job.toCome')
      : t('job.count', {
          done: number(count.done),
          total: number(count.total),
        });
  const percentOf = ({ done, total }: Count) =>
    total === 0
      ? Number(isDone) * 100
      : Math.min(Math.round((done / total) * 100), 100);
  // A language that has not begun is not among those that are counted.
  const all = job.target_languages.map(
    language =>
      languages.find(one => one.language === language) ?? {
        language,
        done: 0,
        total: 0,
        untranslated: 0,
      },
  );
  return (
    <div className={styles.bars}>
      {!hasStopped && (
        <Bar
          label={t(`status.${job.status}`)}
          percent={percent}
          value={t('job.percent', { percent: String(percent) })}
          tone={isDone ? 'good' : 'busy'}
        />
      )}
      {!isFinal(job.status) && busyWith && (
        <p className={styles.hint}>{busyWith}</p>
      )}
      <Bar
        label={t('job.pages')}
        percent={percentOf(pages)}
        value={counted(pages)}
      />
      {(!job.dry_run || languages.length > 0) &&
        all.map(count => (
          <Bar
            key={count.language}
            label={nameOf(count.language)}
            percent={percentOf(count)}
            value={
              count.untranslated > 0
                ? `${counted(count)} · ${t('job.untranslated', {
                    count: count.untranslated,
                  })}`
                : counted(count)
            }
          />
        ))}
    </div>
  );
}
