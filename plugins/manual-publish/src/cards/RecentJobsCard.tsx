import { Link } from '@backstage/ui';
import { errorDetail, LoadingRows, QueryRoot } from '@herald/frontend';
import type { ReactNode } from 'react';
import { useJobs } from '../api/useJobs';
import { JobLine } from '../components/JobLine';
import { Panel } from '../components/Panel';
import { PathsAt, usePaths } from '../components/paths';
import { useT } from '../components/useWords';
import styles from './Cards.module.css';

/** Where the links of the card lead, and how many publications it shows. @public */
export type RecentJobsCardProps = {
  /** Where the pages are mounted; `/manual-publish` when left out. */
  path?: string;
  /** How many are shown; 5 when left out. */
  count?: number;
};

/** The publications of late, those under way first of all; for a home page. @public */
export function RecentJobsCard(props: RecentJobsCardProps) {
  const t = useT();
  return (
    <InCard path={props.path}>
      <Panel title={t('card.recentTitle')} note={<AllLink />}>
        <RecentJobs count={props.count} />
      </Panel>
    </InCard>
  );
}

/** The same without a card around it, for a host that brings one. */
export function RecentJobsContent(props: RecentJobsCardProps) {
  return (
    <InCard path={props.path}>
      <div className={styles.body}>
        <RecentJobs count={props.count} />
        <div>
          <AllLink />
        </div>
      </div>
    </InCard>
  );
}

/** What a card needs around it, wherever it is. */
export function InCard(props: {
  path: string | undefined;
  children: ReactNode;
}) {
  return (
    <QueryRoot>
      <PathsAt path={props.path}>{props.children}</PathsAt>
    </QueryRoot>
  );
}

function AllLink() {
  const t = useT();
  return <Link href={usePaths().jobs}>{t('card.all')}</Link>;
}

function RecentJobs({ count = 5 }: { count?: number }) {
  const t = useT();
  const { parts, jobs } = useJobs({}, { isReady: true });
  if (parts.isPending) {
    return <LoadingRows label={t('jobs.loading')} count={3} />;
  }
  if (!parts.data) {
    return (
      <p role="alert" className={styles.text}>
        {t('failure.otherTitle')}. {errorDetail(parts.error)}
      </p>
    );
  }
  if (jobs.length === 0) {
    return <p className={styles.text}>{t('card.recentNone')}</p>;
  }
  return (
    <ul className={styles.rows}>
      {jobs.slice(0, count).map(job => (
        <li key={job.id}>
          <JobLine job={job} />
        </li>
      ))}
    </ul>
  );
}
