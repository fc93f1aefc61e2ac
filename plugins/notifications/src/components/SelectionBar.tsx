import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox } from '@backstage/ui';
import { RiCheckDoubleLine, RiMailUnreadLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { notificationsTranslationRef } from '../translation';
import styles from './SelectionBar.module.css';

/** Selects all that is shown, and says what may be done with what is selected. Stays in sight while the list scrolls. */
export function SelectionBar(props: {
  shown: number;
  selected: number;
  onSelectAll: (isSelected: boolean) => void;
  onMark: (read: boolean) => void;
  children?: ReactNode;
}) {
  const { shown, selected, onSelectAll, onMark, children } = props;
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
            iconStart={<RiCheckDoubleLine />}
            onPress={() => onMark(true)}
          >
            {t('mark.read')}
          </Button>
          <Button
            size="small"
            variant="secondary"
            iconStart={<RiMailUnreadLine />}
            onPress={() => onMark(false)}
          >
            {t('mark.unread')}
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
        <span className={styles.count}>{children}</span>
      )}
    </div>
  );
}
