import {
  isFinal,
  type JobSummary,
} from '@herald/backstage-plugin-manual-publish-common';
import { JobLine } from '../../components/JobLine';
import { Panel } from '../../components/Panel';
import { useT } from '../../components/useWords';

/** The publications of the solution that are under way, whoever asked for them. */
export function UnderWay(props: { publications: readonly JobSummary[] }) {
  const t = useT();
  const running = props.publications.filter(({ status }) => !isFinal(status));
  return running.length === 0 ? null : (
    <Panel title={t('manuals.underWay')}>
      {running.map(job => (
        <JobLine key={job.id} job={job} />
      ))}
    </Panel>
  );
}
