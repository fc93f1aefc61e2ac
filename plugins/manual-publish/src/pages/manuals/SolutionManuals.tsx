import { BgProvider } from '@backstage/ui';
import type {
  Sidebar,
  Solution,
} from '@herald/backstage-plugin-manual-publish-common';
import {
  errorDetail,
  FailureNotice,
  LoadingRows,
  statusOf,
} from '@herald/frontend';
import { useMemo, useState } from 'react';
import { useManuals } from '../../api/useManuals';
import { usePublications } from '../../api/usePublications';
import { useMayPublish } from '../../components/useMayPublish';
import { useFailureWords, useT } from '../../components/useWords';
import {
  filteredTree,
  firstExpanded,
  fits,
  flattened,
  isFiltered,
  manualTree,
} from '../../manuals/manualTree';
import { PublishDialog } from '../../publish/PublishDialog';
import type { PublishTarget } from '../../publish/publishTarget';
import { BeingRead } from './BeingRead';
import { ManualFilters } from './ManualFilters';
import styles from './ManualsPage.module.css';
import { ManualTree } from './ManualTree';
import { NoManuals } from './NoManuals';
import { ReadLine } from './ReadLine';
import { SelectionLine } from './SelectionLine';
import { TreeProblem } from './TreeProblem';
import { UnderWay } from './UnderWay';
import type { ManualsView } from './useManualsView';

/** The pages of one solution: looked through, chosen, published. */
export function SolutionManuals(props: {
  solution: Solution;
  sidebar: Sidebar;
  view: ManualsView;
  onChange: (change: Partial<ManualsView>) => void;
}) {
  const { solution, sidebar, view, onChange } = props;
  const t = useT();
  const words = useFailureWords();
  const { query, refresh, reading, isBeingRead } = useManuals(solution.name);
  const { publications } = usePublications(solution.name);
  const mayPublish = useMayPublish(solution.name);
  const [selectedId, setSelectedId] = useState<string>();
  const [target, setTarget] = useState<PublishTarget>();
  const tree = useMemo(
    () => manualTree(query.data?.manuals ?? []),
    [query.data],
  );
  const all = useMemo(() => flattened(tree), [tree]);
  const shown = useMemo(() => filteredTree(tree, view), [tree, view]);
  const folding = useFolding(tree, shown, view);

  if (query.isPending) {
    return <LoadingRows label={t('manuals.loading')} />;
  }
  // What was answered while the first pages were being read says nothing of why they could not be.
  if (!query.data || (query.error && all.length === 0)) {
    const unconfigured = {
      title: t('failure.unconfiguredTitle'),
      text: t('failure.unconfiguredText'),
    };
    return (
      <FailureNotice
        error={query.error}
        words={
          statusOf(query.error) === 503
            ? { ...words, other: unconfigured }
            : words
        }
        onRetry={() => void query.refetch()}
      />
    );
  }
  const failure = refresh.error ?? query.error;
  const problem = failure ? errorDetail(failure) : reading?.error;
  const isComing = isBeingRead && all.length === 0 && problem === undefined;
  const selected = all.find(({ manual }) => manual.id === selectedId);
  const fitting = isFiltered(view)
    ? all.filter(node => fits(node, view)).length
    : all.length;
  const publishAll = () =>
    setTarget({
      solution: solution.name,
      pageId: solution.root_page_id,
      title: solution.name,
      pages: all.length > 0 ? all.length : undefined,
      isAll: true,
    });
  return (
    <>
      <ManualFilters
        manuals={query.data.manuals}
        view={view}
        onChange={onChange}
        solution={solution.name}
        onPublishAll={mayPublish ? publishAll : undefined}
      />
      {problem !== undefined && all.length > 0 && (
        <TreeProblem problem={problem} />
      )}
      <ReadLine
        readAt={reading?.read_at}
        shown={fitting}
        total={all.length}
        isReading={isBeingRead}
        onRead={() => refresh.mutate()}
        onExpandAll={folding.expandAll}
        onCollapseAll={folding.collapseAll}
      />
      {reading?.refreshing && isBeingRead && (
        <BeingRead isFirst={all.length === 0} />
      )}
      <UnderWay publications={publications} />
      <BgProvider bg="neutral-1">
        <div className={styles.card} aria-busy={isBeingRead}>
          {all.length > 0 && (
            <SelectionLine
              selected={selected}
              deniedFor={mayPublish ? undefined : solution.name}
              onClear={() => setSelectedId(undefined)}
              onPublish={node =>
                setTarget({
                  solution: solution.name,
                  pageId: node.manual.id,
                  title: node.manual.title,
                  pages: node.size + 1,
                  isAll: node.manual.id === solution.root_page_id,
                })
              }
            />
          )}
          {isComing && <LoadingRows label={t('manuals.loading')} />}
          {shown.length > 0 && (
            <ManualTree
              label={t('manuals.tree', { solution: solution.name })}
              nodes={shown}
              expanded={folding.expanded}
              onExpand={folding.expand}
              selected={selectedId}
              onSelect={setSelectedId}
            />
          )}
          {shown.length === 0 && !isComing && (
            <NoManuals
              isFiltered={isFiltered(view)}
              problem={all.length > 0 ? undefined : problem}
              onClear={() => onChange({ search: '', state: undefined })}
            />
          )}
        </div>
      </BgProvider>
      {target && (
        <PublishDialog
          target={target}
          languages={sidebar}
          onClose={() => setTarget(undefined)}
        />
      )}
    </>
  );
}

type Nodes = ReturnType<typeof manualTree>;

const withChildren = (nodes: Nodes) =>
  flattened(nodes)
    .filter(({ children }) => children.length > 0)
    .map(({ manual }) => manual.id);

/** What is unfolded. While it is filtered all is, at first, and what was unfolded before comes back after. */
function useFolding(tree: Nodes, shown: Nodes, view: ManualsView) {
  const [chosen, setChosen] = useState<readonly string[]>();
  const [filtered, setFiltered] = useState<{
    view: ManualsView;
    ids: readonly string[];
  }>();
  const first = useMemo(() => firstExpanded(tree), [tree]);
  const all = useMemo(() => withChildren(shown), [shown]);
  const isNarrow = isFiltered(view);
  const narrowed = filtered?.view === view ? filtered.ids : all;
  const ids = isNarrow ? narrowed : chosen ?? first;
  const expanded = useMemo(() => new Set(ids), [ids]);
  const expand = (next: Iterable<string>) =>
    isNarrow ? setFiltered({ view, ids: [...next] }) : setChosen([...next]);
  return {
    expanded,
    expand,
    expandAll: () => expand(all),
    collapseAll: () => expand([]),
  };
}
