import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox } from '@backstage/ui';
import type { Notification } from '@herald/backstage-plugin-notifications-common';
import {
  RiArchiveLine,
  RiArrowDownSLine,
  RiArrowRightSLine,
  RiCheckDoubleLine,
  RiStackLine,
} from '@remixicon/react';
import { useId } from 'react';
import { momentOf } from '../api/loadedPages';
import { notificationsTranslationRef } from '../translation';
import styles from './BurstRow.module.css';
import { NotificationRow } from './NotificationRow';
import rowStyles from './NotificationRow.module.css';
import { RelativeTime } from './RelativeTime';
import { RowButton } from './RowButton';
import type { RowHandlers } from './rowHandlers';

/** Many messages of one origin that came at once: one row, until somebody wants to see them. */
export function BurstRow(props: {
  items: readonly [Notification, ...Notification[]];
  isExpanded: boolean;
  onExpand: (items: readonly Notification[], isExpanded: boolean) => void;
  isSelected: (id: string) => boolean;
  on: RowHandlers;
}) {
  const { items, isExpanded, onExpand, isSelected, on } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  const titleId = useId();
  const listId = useId();
  const { origin, topic } = items[0];
  const newest = items.reduce((a, b) => (momentOf(b) > momentOf(a) ? b : a));
  const ids = items.map(({ id }) => id);
  const unread = items.filter(({ readByUser }) => !readByUser);
  const selected = ids.filter(isSelected).length;
  const title = t('burst.title', { count: items.length, origin });
  return (
    <li className={styles.burst} data-row={items.at(-1)?.id}>
      <div
        className={rowStyles.row}
        data-unread={unread.length > 0 || undefined}
        data-selected={selected === ids.length || undefined}
      >
        <Checkbox
          className={rowStyles.select}
          aria-label={t('row.select', { title })}
          isSelected={selected === ids.length}
          isIndeterminate={selected > 0 && selected < ids.length}
          onChange={choice => on.select(ids, choice)}
        />
        <div className={styles.summary}>
          <h2 id={titleId} className={styles.title}>
            <RiStackLine size={18} aria-hidden />
            <span>{title}</span>
          </h2>
          <p className={styles.newest}>
            {t('burst.newest', { title: newest.title })}
          </p>
          <div className={styles.about}>
            {topic && <span>{topic}</span>}
            <span>
              {unread.length > 0
                ? t('unread.label', { count: unread.length })
                : t('unread.none')}
            </span>
            <RelativeTime moment={momentOf(newest)} />
          </div>
          <Button
            variant="tertiary"
            size="small"
            className={styles.toggle}
            iconStart={
              isExpanded ? <RiArrowDownSLine /> : <RiArrowRightSLine />
            }
            aria-expanded={isExpanded}
            aria-controls={isExpanded ? listId : undefined}
            aria-describedby={titleId}
            data-action="expand"
            onPress={() => onExpand(items, !isExpanded)}
          >
            {t(isExpanded ? 'burst.fold' : 'burst.unfold')}
          </Button>
        </div>
        <div className={styles.buttons}>
          {unread.length > 0 && (
            <RowButton
              action="read"
              label={t('burst.markRead')}
              icon={<RiCheckDoubleLine />}
              describedBy={titleId}
              onPress={() =>
                on.setRead(
                  unread.map(({ id }) => id),
                  true,
                )
              }
            />
          )}
          <RowButton
            action="archive"
            label={t('burst.archive')}
            icon={<RiArchiveLine />}
            describedBy={titleId}
            onPress={() => on.setArchived(ids, true)}
          />
        </div>
      </div>
      {isExpanded && (
        <ul id={listId} className={styles.items} aria-labelledby={titleId}>
          {items.map(item => (
            <NotificationRow
              key={item.id}
              notification={item}
              isSelected={isSelected(item.id)}
              on={on}
            />
          ))}
        </ul>
      )}
    </li>
  );
}
