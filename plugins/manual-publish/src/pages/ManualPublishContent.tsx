import { Container, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { manualPublishOperations } from '@herald/backstage-plugin-manual-publish-common';
import { Notice, QueryRoot } from '@herald/frontend';
import { RiQuestionLine } from '@remixicon/react';
import { Route, Routes, useParams } from 'react-router-dom';
import { DemoNotice } from '../components/DemoNotice';
import { PathsAt, useMountPath, usePaths } from '../components/paths';
import { useFailureWords, useT } from '../components/useWords';
import { JobPage } from './job/JobPage';
import { JobsPage } from './jobs/JobsPage';
import styles from './ManualPublishContent.module.css';
import { ManualsPage } from './manuals/ManualsPage';

/** The pages below their header; the host's route leaves open what follows its path. */
export function ManualPublishContent() {
  return (
    <QueryRoot>
      <PathsAt path={useMountPath()}>
        <Container role="main" className={styles.content}>
          <TabbedPages />
        </Container>
      </PathsAt>
    </QueryRoot>
  );
}

function JobOfAddress() {
  const { jobId = '' } = useParams();
  const { success: isId } = manualPublishOperations.job.pathParams.safeParse({
    job_id: jobId,
  });
  // What is no id is refused as malformed, which says nothing to who follows a link.
  return isId ? <JobPage key={jobId} id={jobId} /> : <NoSuchPage about="job" />;
}

function NoSuchPage({ about }: { about?: 'job' }) {
  const { unknown } = useFailureWords(about);
  return (
    <Notice role="alert" icon={<RiQuestionLine size={28} />} {...unknown} />
  );
}

function TabbedPages() {
  const t = useT();
  const paths = usePaths();
  const place = useParams()['*']?.startsWith('jobs') ? 'jobs' : 'manuals';
  return (
    <Tabs selectedKey={place}>
      <TabList aria-label={t('title')}>
        <Tab id="manuals" href={paths.manuals()}>
          {t('tabs.manuals')}
        </Tab>
        <Tab id="jobs" href={paths.jobs} matchStrategy="prefix">
          {t('tabs.jobs')}
        </Tab>
      </TabList>
      <TabPanel id={place} className={styles.panel}>
        <DemoNotice />
        <Routes>
          <Route path="/" element={<ManualsPage />} />
          <Route path="jobs" element={<JobsPage />} />
          <Route path="jobs/:jobId" element={<JobOfAddress />} />
          <Route path="*" element={<NoSuchPage />} />
        </Routes>
      </TabPanel>
    </Tabs>
  );
}
