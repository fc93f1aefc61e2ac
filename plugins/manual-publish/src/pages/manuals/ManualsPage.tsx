import { FailureNotice, LoadingRows, Notice } from '@herald/frontend';
import { RiBook2Line } from '@remixicon/react';
import { useSidebar } from '../../api/useSidebar';
import { useFailureWords, useT } from '../../components/useWords';
import styles from './ManualsPage.module.css';
import { SolutionManuals } from './SolutionManuals';
import { SolutionPicker } from './SolutionPicker';
import { useManualsView } from './useManualsView';

/** The solutions, and the pages of the one that is chosen. */
export function ManualsPage() {
  const t = useT();
  const words = useFailureWords();
  const sidebar = useSidebar();
  const [view, change] = useManualsView();
  if (sidebar.isPending) {
    return <LoadingRows label={t('manuals.loading')} />;
  }
  if (!sidebar.data) {
    return (
      <FailureNotice
        error={sidebar.error}
        words={words}
        onRetry={() => void sidebar.refetch()}
      />
    );
  }
  const { solutions } = sidebar.data;
  if (solutions.length === 0) {
    return (
      <Notice
        icon={<RiBook2Line size={28} />}
        title={t('manuals.noSolutionsTitle')}
        text={t('manuals.noSolutionsText')}
      />
    );
  }
  const wanted = view.solution?.toLowerCase();
  const solution =
    wanted === undefined
      ? solutions[0]
      : solutions.find(({ name }) => name.toLowerCase() === wanted);
  return (
    <div className={styles.page}>
      <SolutionPicker
        solutions={solutions}
        chosen={solution?.name}
        onChoose={name =>
          change({ solution: name, search: '', state: undefined })
        }
      />
      {solution ? (
        <SolutionManuals
          key={solution.name}
          solution={solution}
          sidebar={sidebar.data}
          view={view}
          onChange={change}
        />
      ) : (
        <Notice
          icon={<RiBook2Line size={28} />}
          title={t('manuals.unknownSolutionTitle', {
            solution: view.solution ?? '',
          })}
          text={t('manuals.unknownSolutionText')}
        />
      )}
    </div>
  );
}
