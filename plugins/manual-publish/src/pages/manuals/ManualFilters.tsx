import {
  Button,
  SearchField,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { Manual } from '@herald/backstage-plugin-manual-publish-common';
import { RiUploadCloud2Line } from '@remixicon/react';
import { useMemo } from 'react';
import { useNumbers, useT } from '../../components/useWords';
import { countsByState, manualStates } from '../../manuals/manualTree';
import styles from './ManualsPage.module.css';
import { useTyped } from '../useTyped';
import type { ManualsView } from './useManualsView';

export function ManualFilters(props: {
  manuals: readonly Manual[];
  solution: string;
  view: ManualsView;
  onChange: (change: Partial<ManualsView>) => void;
  /** `undefined`: who looks may not. */
  onPublishAll: (() => void) | undefined;
}) {
  const { manuals, solution, view, onChange, onPublishAll } = props;
  const t = useT();
  const { number } = useNumbers();
  const counts = useMemo(() => countsByState(manuals), [manuals]);
  const [typed, setTyped] = useTyped(view.search, search =>
    onChange({ search }),
  );
  return (
    <div className={styles.filters} role="search">
      <SearchField
        size="small"
        label={t('manuals.search')}
        placeholder={t('manuals.searchPlaceholder')}
        value={typed}
        onChange={setTyped}
        maxLength={200}
      />
      <div className={styles.states}>
        <ToggleButtonGroup
          aria-label={t('manuals.state.label')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view.state ?? 'all']}
          onSelectionChange={([key]) =>
            onChange({ state: manualStates.find(state => state === key) })
          }
        >
          {[
            <ToggleButton key="all" id="all" size="small">
              {t('manuals.state.all')}
            </ToggleButton>,
            ...manualStates.map(state => (
              <ToggleButton key={state} id={state} size="small">
                {t('manuals.state.counted', {
                  label: t(`manuals.state.${state}`),
                  number: number(counts[state]),
                })}
              </ToggleButton>
            )),
          ]}
        </ToggleButtonGroup>
      </div>
      {onPublishAll && (
        <Button
          size="small"
          iconStart={<RiUploadCloud2Line />}
          onPress={onPublishAll}
        >
          {t('manuals.publishAll', { solution })}
        </Button>
      )}
    </div>
  );
}
