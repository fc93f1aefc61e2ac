import { Button, Select, Switch } from '@backstage/ui';
import { useSidebar } from '../../api/useSidebar';
import { useT } from '../../components/useWords';
import { statusGroups } from '../../jobs/statusGroups';
import styles from './Jobs.module.css';
import { ALL_JOBS, type JobsView } from './useJobsView';

const ANY = 'any';

export function JobFilters(props: {
  view: JobsView;
  onChange: (change: Partial<JobsView>) => void;
}) {
  const { view, onChange } = props;
  const { status, solution, isMine } = view;
  const t = useT();
  const { data: sidebar } = useSidebar();
  const names = sidebar?.solutions.map(({ name }) => name) ?? [];
  // What is chosen is on offer, even where nobody knows it any more.
  const offered =
    solution === undefined || names.includes(solution)
      ? names
      : [...names, solution];
  return (
    <div className={styles.filters} role="search">
      <Select
        className={styles.choice}
        size="small"
        selectionMode="multiple"
        label={t('jobs.status')}
        placeholder={t('jobs.anyStatus')}
        options={statusGroups.map(id => ({
          id,
          label: t(`jobs.statusGroup.${id}`),
        }))}
        value={[...status]}
        onChange={keys =>
          onChange({
            status: statusGroups.filter(group => keys.includes(group)),
          })
        }
      />
      <Select
        className={styles.choice}
        size="small"
        label={t('jobs.solution')}
        value={solution ?? ANY}
        options={[
          { id: ANY, label: t('jobs.anySolution') },
          ...offered.map(id => ({ id, label: id })),
        ]}
        onChange={key =>
          onChange({
            solution: offered.find(name => name === key),
          })
        }
      />
      <Switch
        className={styles.mine}
        label={t('jobs.mine')}
        isSelected={isMine}
        onChange={value => onChange({ isMine: value })}
      />
      {(status.length > 0 || solution !== undefined || isMine) && (
        <Button
          size="small"
          variant="tertiary"
          onPress={() => onChange(ALL_JOBS)}
        >
          {t('jobs.clear')}
        </Button>
      )}
    </div>
  );
}
