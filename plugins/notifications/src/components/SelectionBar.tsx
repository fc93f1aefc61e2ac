import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox } from '@backstage/ui';
import {
  RiArchiveLine,
  RiBookmarkLine,
  RiCheckLine,
  RiInboxUnarchiveLine,
  RiMailUnreadLine,
} from '@remixicon/react';
import type { ReactNode } from 'react';
import type { InboxView } from '../pages/inboxView';
import { notificationsTranslationRef } from '../translation';
import styles from './SelectionBar.module.css';

/** What may be done with many rows at once. */
export type BulkMarks = {
  setRead: (read: boolean) => void;
  setSaved: (saved: boolean) => void;
  setArchived: (archived: boolean) => void;
};

/** Selects all that is shown, and says what may be done with what is selected. Stays in sight while the list scrolls. */
export function SelectionBar(props: {
  view: InboxView;
  shown: number;
  selected: number;
  onSelectAll: (isSelected: boolean) => void;
  on: BulkMarks;
  /** What stands there while nothing is selected. */
  children?: ReactNode;
}) {
  const { view, shown, selected, onSelectAll, on, children } = props;
  const { t } = useTranslationRef(notificationsTranslationRef);
  return (
    <div className={styles.bar} data-active={selected > 0 || undefined}>
      <Checkbox
        isSelected={selected === shown}
        isIndeterminate={selected > 0 && selected < shown}
        onChange={onSelectAll}
      >
        {t('selection.all')}
      </Checkbox>
      {selected > 0 ? (
        <div
          role="group"
          aria-label={t('selection.label')}
          className={styles.actions}
        >
          <span className={styles.count} aria-live="polite">
            {t('selection.count', { number: String(selected) })}
          </span>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiCheckLine />}
            onPress={() => on.setRead(true)}
          >
            {t('mark.read')}
          </Button>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiMailUnreadLine />}
            onPress={() => on.setRead(false)}
          >
            {t('mark.unread')}
          </Button>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiBookmarkLine />}
            onPress={() => on.setSaved(view.tab !== 'saved')}
          >
            {t(view.tab === 'saved' ? 'mark.unsave' : 'mark.save')}
          </Button>
          <Button
            size="small"
            variant="secondary"
            iconStart={
              view.read === 'archived' ? (
                <RiInboxUnarchiveLine />
              ) : (
                <RiArchiveLine />
              )
            }
            onPress={() => on.setArchived(view.read !== 'archived')}
          >
            {t(view.read === 'archived' ? 'mark.unarchive' : 'mark.archive')}
          </Button>
          <Button
            size="small"
            variant="tertiary"
            onPress={() => onSelectAll(false)}
          >
            {t('selection.clear')}
          </Button>
        </div>
      ) : (
        <div className={styles.actions}>{children}</div>
      )}
    </div>
  );
}
