import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { BgProvider, Button, Text, VisuallyHidden } from '@backstage/ui';
import { RiArrowUpLine } from '@remixicon/react';
import { memo, useRef } from 'react';
import { EmptyNotice } from '../components/EmptyNotice';
import { FailureNotice } from '../components/FailureNotice';
import { LoadingRows } from '../components/LoadingRows';
import { MarkFailure } from '../components/MarkFailure';
import { NotificationRow } from '../components/NotificationRow';
import { SelectionBar } from '../components/SelectionBar';
import { StaleNotice } from '../components/StaleNotice';
import { useIsInView } from '../components/useIsInView';
import { notificationsTranslationRef } from '../translation';
import styles from './Inbox.module.css';
import type { InboxView } from './inboxView';
import { useInbox, type Inbox as InboxState } from './useInbox';
import { useMarkRead } from './useMarkRead';
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
  const topIsInView = useIsInView(top);
  const selectedCount = useRef(0);
  const marking = useMarkRead();
  const inbox = useInbox({
    view,
    isPaused: marking.isMarking,
    mayShift: () => topIsInView.current && selectedCount.current === 0,
  });
  const { items, arrived } = inbox;
  const selection = useSelection(view, items);
  const { selected } = selection;
  selectedCount.current = selected.length;

  const markSelected = async (read: boolean) => {
    if (await marking.mark(selected, read)) {
      selection.selectAll(false);
    }
  };

  const showWaiting = () => {
    inbox.showWaiting();
    top.current?.scrollIntoView({ block: 'center' });
  };

  return (
    <div className={styles.inbox}>
      <div ref={top} className={styles.top} />
      <VisuallyHidden aria-live="polite">
        {arrived.count > 0 && (
          <span key={arrived.serial}>
            {t('list.arrived', { count: arrived.count })}
          </span>
        )}
      </VisuallyHidden>
      {marking.failure !== undefined && (
        <MarkFailure
          error={marking.failure}
          onDismiss={marking.dismissFailure}
        />
      )}
      {inbox.staleSince && (
        <StaleNotice since={inbox.staleSince} onRetry={inbox.retry} />
      )}
      <div className={styles.card} aria-busy={inbox.isChanging}>
        {!inbox.error && items.length > 0 && (
          <SelectionBar
            shown={items.length}
            selected={selected.length}
            onSelectAll={selection.selectAll}
            onMark={markSelected}
          >
            {t('list.shown', { count: items.length })}
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
        <Rows
          inbox={inbox}
          view={view}
          onChange={onChange}
          isSelected={selection.isSelected}
          onSelect={selection.select}
          onMark={marking.mark}
        />
      </div>
      <More inbox={inbox} />
    </div>
  );
}

function Rows(props: {
  inbox: InboxState;
  view: InboxView;
  onChange: (view: InboxView) => void;
  isSelected: (id: string) => boolean;
  onSelect: (id: string, isSelected: boolean) => void;
  onMark: (ids: readonly string[], read: boolean) => void;
}) {
  const { inbox, view, onChange, isSelected, onSelect, onMark } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  if (inbox.error) {
    return <FailureNotice error={inbox.error} onRetry={inbox.retry} />;
  }
  if (inbox.isLoading) {
    return <LoadingRows />;
  }
  if (inbox.items.length === 0) {
    return <EmptyNotice view={view} onChange={onChange} />;
  }
  return (
    <ul
      className={styles.rows}
      aria-label={t('list.label')}
      data-changing={inbox.isChanging || undefined}
    >
      {inbox.items.map(item => (
        <NotificationRow
          key={item.id}
          notification={item}
          isSelected={isSelected(item.id)}
          onSelect={onSelect}
          onMark={onMark}
        />
      ))}
    </ul>
  );
}

function More({ inbox }: { inbox: InboxState }) {
  const { t } = useTranslationRef(notificationsTranslationRef);
  if (inbox.error || inbox.items.length === 0) {
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
