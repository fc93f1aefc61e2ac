import { ButtonIcon, Tooltip, TooltipTrigger } from '@backstage/ui';
import type { ReactElement } from 'react';

/**
 * A button of a row: an icon with a name, which is also shown on hover and focus.
 *
 * @param action - the same in all rows: where the focus goes when the row leaves
 */
export function RowButton(props: {
  action: string;
  label: string;
  icon: ReactElement;
  describedBy: string;
  onPress: () => void;
}) {
  const { action, label, icon, describedBy, onPress } = props;
  return (
    <TooltipTrigger>
      <ButtonIcon
        variant="tertiary"
        icon={icon}
        aria-label={label}
        aria-describedby={describedBy}
        data-action={action}
        onPress={onPress}
      />
      <Tooltip placement="top">{label}</Tooltip>
    </TooltipTrigger>
  );
}
