import { Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { Solution } from '@herald/backstage-plugin-manual-publish-common';
import { useT } from '../../components/useWords';

/** More than these do not fit side by side. */
const SIDE_BY_SIDE = 5;

export function SolutionPicker(props: {
  solutions: readonly Solution[];
  chosen: string | undefined;
  onChoose: (name: string) => void;
}) {
  const { solutions, chosen, onChoose } = props;
  const t = useT();
  if (solutions.length > SIDE_BY_SIDE) {
    return (
      <Select
        label={t('manuals.solutions')}
        value={chosen ?? null}
        search
        options={solutions.map(({ name }) => ({ id: name, label: name }))}
        onChange={key => {
          if (key !== null) {
            onChoose(String(key));
          }
        }}
      />
    );
  }
  return (
    <ToggleButtonGroup
      aria-label={t('manuals.solutions')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={chosen === undefined ? [] : [chosen]}
      onSelectionChange={([key]) => {
        if (key !== undefined && key !== chosen) {
          onChoose(String(key));
        }
      }}
    >
      {solutions.map(({ name }) => (
        <ToggleButton key={name} id={name}>
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
