import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, BgProvider, Button, Text, VisuallyHidden } from '@backstage/ui';
import { RiArrowUpLine } from '@remixicon/react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { DepartureNotice } from '../components/DepartureNotice';
import { EmptyNotice } from '../components/EmptyNotice';
import { FailureNotice } from '../components/FailureNotice';
import { LoadingRows } from '../components/LoadingRows';
import { MarkAllReadButton } from '../components/MarkAllRead';
import { MarkFailure } from '../components/MarkFailure';
import type { RowHandlers } from '../components/rowHandlers';
import { SelectionBar } from '../components/SelectionBar';
import { StaleNotice } from '../components/StaleNotice';
import { useIsInView } from '../components/useIsInView';
import { notificationsTranslationRef } from '../translation';
import styles from './Inbox.module.css';
import { InboxRows } from './InboxRows';
import { belongsTo, type InboxView } from './inboxView';
import { LinkedCard } from './LinkedCard';
import { useInbox, type Inbox as InboxState } from './useInbox';
import { useLinkedMessage } from './useLinkedMessage';
import { useMarkAllRead, type MarkAll } from './useMarkAllRead';
import { useRowMarks, type RowMarks } from './useRowMarks';
import { useSelection } from './useSelection';

type InboxProps = {
  view: InboxView;
  onChange: (view: InboxView) => void;
};

/**
 * The messages of one view. New ones are put in their place while the top of the list is in sight and nothing is selected; else
 * a button says how many there are, and nothing moves until it is pressed.
 */
export const Inbox = memo((props: InboxProps) => (
  // Apart from what is rendered at each poll: a provider rendered anew renders every button of every row.
  <BgProvider bg="neutral-1">
    <InboxOnCard {...props} />
  </BgProvider>
));

function InboxOnCard({ view, onChange }: InboxProps) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  const top = useRef<HTMLDivElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const topIsInView = useIsInView(top);
  const selectedCount = useRef(0);
  const linked = useLinkedMessage();
  const marks = useRowMarks(view);
  const inbox = useInbox({
    view,
    isPaused: marks.isMarking,
    mayShift: () => topIsInView.current && selectedCount.current === 0,
  });
  const { arrived } = inbox;
  const items = useMemo(
    () =>
      inbox.items.filter(
        item => belongsTo(view, item) && item.id !== linked.message?.id,
      ),
    [inbox.items, view, linked.message?.id],
  );
  const markAll = useMarkAllRead(view, items, inbox.hasMore);
  const selection = useSelection(view, items);
  const { selected } = selection;
  selectedCount.current = selected.length;
  useMoreWhereAllLeft(inbox, items.length);

  const on = useMemo(
    (): RowHandlers => ({
      select: selection.select,
      setRead: marks.setRead,
      setSaved: marks.setSaved,
      setArchived: marks.setArchived,
      open: linked.open,
    }),
    [
      selection.select,
      marks.setRead,
      marks.setSaved,
      marks.setArchived,
      linked.open,
    ],
  );
  const whenSaved = async (mark: Promise<boolean>) => {
    if (await mark) {
      selection.selectAll(false);
    }
  };
  const showWaiting = () => {
    inbox.showWaiting();
    top.current?.scrollIntoView({ block: 'center' });
  };

  return (
    <div className={styles.inbox}>
      <LinkedCard linked={linked} on={on} />
      <div ref={top} className={styles.top} />
      <VisuallyHidden aria-live="polite">
        {arrived.count > 0 && (
          <span key={arrived.serial}>
            {t('list.arrived', { count: arrived.count })}
          </span>
        )}
      </VisuallyHidden>
      <Notices inbox={inbox} marks={marks} markAll={markAll} view={view} />
      <div
        ref={card}
        tabIndex={-1}
        className={styles.card}
        aria-busy={inbox.isChanging}
      >
        {!inbox.error && items.length > 0 && (
          <SelectionBar
            view={view}
            shown={items.length}
            selected={selected.length}
            onSelectAll={selection.selectAll}
            on={{
              setRead: read => whenSaved(marks.setRead(selected, read)),
              setSaved: saved => whenSaved(marks.setSaved(selected, saved)),
              setArchived: archived =>
                whenSaved(marks.setArchived(selected, archived)),
            }}
          >
            <span className={styles.shown}>
              {t('list.shown', { count: items.length })}
            </span>
            {view.read !== 'archived' && (
              <MarkAllReadButton markAll={markAll} />
            )}
          </SelectionBar>
        )}
        {inbox.waiting && (
          <div className={styles.waiting}>
            <Button
              size="small"
              iconStart={<RiArrowUpLine />}
              onPress={showWaiting}
            >
              {inbox.waiting.atLeast
                ? t('list.showManyNew')
                : t('list.showNew', { count: inbox.waiting.count })}
            </Button>
          </div>
        )}
        <InsteadOfRows
          inbox={inbox}
          isEmpty={items.length === 0}
          view={view}
          onChange={onChange}
        />
        {!inbox.error && (
          <InboxRows
            view={view}
            items={items}
            isChanging={inbox.isChanging}
            isSelected={selection.isSelected}
            on={on}
            fallback={card}
          />
        )}
      </div>
      <More inbox={inbox} isEmpty={items.length === 0} />
    </div>
  );
}

/** Where all rows that are loaded have left, the next ones are wanted. */
function useMoreWhereAllLeft(inbox: InboxState, shown: number) {
  const { hasMore, isLoadingMore, loadMoreFailed, loadMore, error } = inbox;
  const isWanted =
    shown === 0 && hasMore && !isLoadingMore && !loadMoreFailed && !error;
  const load = useRef(loadMore);
  load.current = loadMore;
  useEffect(() => {
    if (isWanted) {
      load.current();
    }
  }, [isWanted]);
}

/** What went wrong, and what was done. */
function Notices(props: {
  inbox: InboxState;
  marks: RowMarks;
  markAll: MarkAll;
  view: InboxView;
}) {
  const { inbox, marks, markAll, view } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <>
      {marks.failure !== undefined && (
        <MarkFailure error={marks.failure} onDismiss={marks.dismissFailure} />
      )}
      {markAll.state.step === 'failed' && (
        <MarkFailure error={markAll.state.error} onDismiss={markAll.cancel} />
      )}
      {markAll.state.step === 'done' && markAll.state.view === view && (
        <Alert
          role="status"
          status="success"
          icon
          mb="4"
          title={t('markAll.done')}
          customActions={
            <Button size="small" variant="tertiary" onPress={markAll.cancel}>
              {t('mark.dismiss')}
            </Button>
          }
        />
      )}
      {marks.departure && (
        <DepartureNotice
          departure={marks.departure}
          onUndo={marks.undo}
          onDismiss={marks.dismissDeparture}
        />
      )}
      {inbox.staleSince && (
        <StaleNotice since={inbox.staleSince} onRetry={inbox.retry} />
      )}
    </>
  );
}

function InsteadOfRows(props: {
  inbox: InboxState;
  isEmpty: boolean;
  view: InboxView;
  onChange: (view: InboxView) => void;
}) {
  const { inbox, isEmpty, view, onChange } = props;
  if (inbox.error) {
    return <FailureNotice error={inbox.error} onRetry={inbox.retry} />;
  }
  if (!isEmpty) {
    return null;
  }
  return inbox.isLoading || inbox.hasMore ? (
    <LoadingRows />
  ) : (
    <EmptyNotice view={view} onChange={onChange} />
  );
}

function More({ inbox, isEmpty }: { inbox: InboxState; isEmpty: boolean }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  if (inbox.error || (isEmpty && !inbox.loadMoreFailed)) {
    return null;
  }
  return (
    <div className={styles.more}>
      {inbox.loadMoreFailed && (
        <Text role="alert" color="danger">
          {t('list.loadMoreFailed')}
        </Text>
      )}
      {inbox.hasMore ? (
        <Button
          variant="secondary"
          isPending={inbox.isLoadingMore}
          onPress={inbox.loadMore}
        >
          {t('list.loadMore')}
        </Button>
      ) : (
        <Text variant="body-small" className={styles.end}>
          {t('list.end')}
        </Text>
      )}
    </div>
  );
}
