import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import { useRef, type RefObject } from 'react';
import { BurstRow } from '../components/BurstRow';
import { NotificationRow } from '../components/NotificationRow';
import type { RowHandlers } from '../components/rowHandlers';
import { notificationsTranslationRef } from '../translation';
import styles from './Inbox.module.css';
import type { InboxView } from './inboxView';
import { useEntries } from './useEntries';
import { useFocusKeeper } from './useFocusKeeper';

/** The messages, one below the other. */
export function InboxRows(props: {
  view: InboxView;
  items: readonly Notification[];
  isChanging: boolean;
  isSelected: (id: string) => boolean;
  on: RowHandlers;
  /** Where the focus goes when the last row leaves. */
  fallback: RefObject<HTMLElement | null>;
}) {
  const { view, items, isChanging, isSelected, on, fallback } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const list = useRef<HTMLUListElement>(null);
  const { entries, isExpanded, expand } = useEntries(view, items);
  const focus = useFocusKeeper(list, fallback, entries);
  if (entries.length === 0) {
    return null;
  }
  return (
    <ul
      ref={list}
      className={styles.rows}
      aria-label={t('list.label')}
      data-changing={isChanging || undefined}
      {...focus}
    >
      {entries.map(entry =>
        entry.kind === 'single' ? (
          <NotificationRow
            key={entry.item.id}
            notification={entry.item}
            isSelected={isSelected(entry.item.id)}
            on={on}
          />
        ) : (
          <BurstRow
            key={`burst-${entry.items.at(-1)?.id}`}
            items={entry.items}
            isExpanded={isExpanded(entry.items)}
            onExpand={expand}
            isSelected={isSelected}
            on={on}
          />
        ),
      )}
    </ul>
  );
}
