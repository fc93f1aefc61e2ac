import { Button, ButtonIcon } from '@backstage/ui';
import { RiCloseLine, RiUploadCloud2Line } from '@remixicon/react';
import { useT } from '../../components/useWords';
import type { ManualNode } from '../../manuals/manualTree';
import styles from './ManualsPage.module.css';

/** The page that is selected, and what may be done with it. */
export function SelectionLine(props: {
  selected: ManualNode | undefined;
  /** The solution that who looks may not publish. */
  deniedFor: string | undefined;
  onClear: () => void;
  onPublish: (node: ManualNode) => void;
}) {
  const { selected, deniedFor, onClear, onPublish } = props;
  const t = useT();
  if (!selected || deniedFor !== undefined) {
    return (
      <div className={styles.selection}>
        <p className={styles.selected} data-hint>
          {deniedFor === undefined
            ? t('manuals.selectHint')
            : t('manuals.denied', { solution: deniedFor })}
        </p>
      </div>
    );
  }
  return (
    <div
      className={styles.selection}
      role="group"
      aria-label={t('manuals.selection')}
    >
      <p className={styles.selected}>
        <strong>
          {t('manuals.selected', { title: selected.manual.title })}
        </strong>{' '}
        {selected.size > 0 &&
          t('manuals.selectedBelow', { count: selected.size })}
      </p>
      <span className={styles.buttons}>
        <Button
          size="small"
          iconStart={<RiUploadCloud2Line />}
          onPress={() => onPublish(selected)}
        >
          {selected.size > 0
            ? t('manuals.publishBelow', { count: selected.size + 1 })
            : t('manuals.publishSelected')}
        </Button>
        <ButtonIcon
          size="small"
          variant="tertiary"
          icon={<RiCloseLine />}
          aria-label={t('manuals.clearSelection')}
          onPress={onClear}
        />
      </span>
    </div>
  );
}
