import { Alert } from '@backstage/ui';
import { useT } from '../../components/useWords';

/** Says that what is shown is older than it should be, and why. */
export function TreeProblem({ problem }: { problem: string }) {
  const t = useT();
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={t('manuals.staleTitle')}
      description={t('manuals.staleText', { error: problem })}
    />
  );
}
