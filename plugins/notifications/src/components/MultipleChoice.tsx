import { Select } from '@backstage/ui';
import { notificationLimits } from '@herald/backstage-plugin-notifications-common';
import styles from './FilterBar.module.css';

/** Some of many; none chosen means all of them. What is chosen is on offer, even where nobody knows it any more. */
export function MultipleChoice(props: {
  label: string;
  /** What is said where none is chosen. */
  any: string;
  chosen: readonly string[];
  options: readonly { id: string; label: string }[];
  onChange: (chosen: string[]) => void;
}) {
  const { label, any, chosen, options, onChange } = props;
  const unknown = chosen.filter(id => options.every(one => one.id !== id));
  const all = [...options, ...unknown.map(id => ({ id, label: id }))];
  return (
    <Select
      className={styles.choice}
      size="small"
      selectionMode="multiple"
      label={label}
      placeholder={any}
      options={all}
      search={all.length > 8 ? true : undefined}
      value={[...chosen]}
      onChange={keys =>
        onChange(keys.map(String).slice(0, notificationLimits.filterValues))
      }
    />
  );
}
