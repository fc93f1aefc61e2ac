import { Alert, BgProvider, Button, ButtonLink, Text } from '@backstage/ui';
import {
  FailureNotice,
  LoadingRows,
  Notice,
  useLocale,
} from '@herald/frontend';
import { RiFilterOffLine, RiHistoryLine } from '@remixicon/react';
import { DateTime } from 'luxon';
import { useJobs, useOwnRef } from '../../api/useJobs';
import { usePaths } from '../../components/paths';
import { useFailureWords, useT } from '../../components/useWords';
import { statesOf } from '../../jobs/statusGroups';
import { JobFilters } from './JobFilters';
import { JobRow } from './JobRow';
import styles from './Jobs.module.css';
import { ALL_JOBS, useJobsView } from './useJobsView';

/** What was published, is being published, and failed to be; the newest first. */
export function JobsPage() {
  const t = useT();
  const words = useFailureWords();
  const [view, change] = useJobsView();
  const ownRef = useOwnRef();
  const { parts, newest, jobs } = useJobs(
    {
      ...(view.status.length > 0 && { status: statesOf(view.status) }),
      ...(view.solution !== undefined && { solution: view.solution }),
      ...(view.isMine && { requested_by: ownRef }),
    },
    { isReady: !view.isMine || ownRef !== undefined },
  );
  const isFiltered =
    view.status.length > 0 || view.solution !== undefined || view.isMine;
  const isStale = newest.isError && parts.data !== undefined;
  if (parts.isError && !parts.data) {
    return (
      <FailureNotice
        error={parts.error}
        words={words}
        onRetry={() => void parts.refetch()}
      />
    );
  }
  return (
    <div className={styles.page}>
      <JobFilters view={view} onChange={change} />
      {isStale && (
        <StaleList
          since={Math.max(newest.dataUpdatedAt, parts.dataUpdatedAt)}
          onRetry={() => void newest.refetch()}
        />
      )}
      <BgProvider bg="neutral-1">
        <div className={styles.card} aria-busy={parts.isPlaceholderData}>
          {parts.isPending && <LoadingRows label={t('jobs.loading')} />}
          {jobs.length > 0 && (
            <ul
              className={styles.rows}
              aria-label={t('jobs.label')}
              data-changing={parts.isPlaceholderData || undefined}
            >
              {jobs.map(job => (
                <JobRow key={job.id} job={job} />
              ))}
            </ul>
          )}
          {parts.isSuccess && jobs.length === 0 && (
            <NoJobs isFiltered={isFiltered} onClear={() => change(ALL_JOBS)} />
          )}
        </div>
      </BgProvider>
      {jobs.length > 0 && <More parts={parts} />}
    </div>
  );
}

function StaleList({ since, onRetry }: { since: number; onRetry: () => void }) {
  const t = useT();
  const time = DateTime.fromMillis(since)
    .setLocale(useLocale())
    .toLocaleString(DateTime.TIME_WITH_SECONDS);
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('jobs.stale', { time })}
      customActions={
        <Button size="small" variant="tertiary" onPress={onRetry}>
          {t('failure.retry')}
        </Button>
      }
    />
  );
}

function NoJobs(props: { isFiltered: boolean; onClear: () => void }) {
  const { isFiltered, onClear } = props;
  const t = useT();
  const paths = usePaths();
  return isFiltered ? (
    <Notice
      icon={<RiFilterOffLine size={28} />}
      title={t('jobs.noMatchTitle')}
      text={t('jobs.noMatchText')}
    >
      <Button variant="secondary" onPress={onClear}>
        {t('jobs.clear')}
      </Button>
    </Notice>
  ) : (
    <Notice
      icon={<RiHistoryLine size={28} />}
      title={t('jobs.emptyTitle')}
      text={t('jobs.emptyText')}
    >
      <ButtonLink variant="secondary" href={paths.manuals()}>
        {t('jobs.toManuals')}
      </ButtonLink>
    </Notice>
  );
}

function More({ parts }: { parts: ReturnType<typeof useJobs>['parts'] }) {
  const t = useT();
  return (
    <div className={styles.more}>
      {parts.isFetchNextPageError && (
        <Text role="alert" color="danger">
          {t('jobs.moreFailed')}
        </Text>
      )}
      {parts.hasNextPage ? (
        <Button
          variant="secondary"
          isPending={parts.isFetchingNextPage}
          onPress={() => void parts.fetchNextPage()}
        >
          {t('jobs.more')}
        </Button>
      ) : (
        <Text variant="body-small" className={styles.hint}>
          {t('jobs.end')}
        </Text>
      )}
    </div>
  );
}
