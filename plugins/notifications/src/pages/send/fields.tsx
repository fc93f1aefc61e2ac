import { DatePicker, Select, TextAreaField, TextField } from '@backstage/ui';
import { useId, useState, type ComponentProps } from 'react';
import { useController, type Control, type FieldPath } from 'react-hook-form';
import { EntityPicker } from './EntityPicker';
import { FieldProblem } from './FieldProblem';
import styles from './Send.module.css';
import type { SendForm } from './sendForm';

type TextName = Extract<
  FieldPath<SendForm>,
  | 'title'
  | 'message'
  | 'origin'
  | 'topic'
  | 'link'
  | 'solution'
  | 'documentTitle'
  | 'icon'
  | 'scope'
  | 'metadata'
  | `actions.${number}.title`
  | `actions.${number}.url`
>;

type TextProps = {
  control: Control<SendForm>;
  name: TextName;
  label: string;
  hint?: string;
  note?: string;
  placeholder?: string;
  maxLength?: number;
  rows?: number;
};

/** A line of text, or several where `rows` says so, with what is wrong with it. */
export function TextInput(props: TextProps) {
  const { control, name, label, hint, note, placeholder, maxLength, rows } =
    props;
  const { field, fieldState } = useController({ control, name });
  const problem = fieldState.error?.message;
  const problemId = useId();
  const common = {
    label,
    description: hint,
    secondaryLabel: note,
    placeholder,
    maxLength,
    name,
    value: field.value,
    onChange: field.onChange,
    onBlur: field.onBlur,
    isInvalid: problem !== undefined,
    validationBehavior: 'aria',
    'aria-describedby': problem === undefined ? undefined : problemId,
  } as const;
  return (
    <div className={styles.field}>
      {rows === undefined ? (
        <TextField {...common} />
      ) : (
        <TextAreaField {...common} rows={rows} />
      )}
      <FieldProblem id={problemId} text={problem} />
    </div>
  );
}

/** One of a few. */
export function ChoiceInput(props: {
  control: Control<SendForm>;
  name: 'severity' | 'type';
  label: string;
  options: { id: string; label: string }[];
}) {
  const { control, name, label, options } = props;
  const { field } = useController({ control, name });
  return (
    <Select
      label={label}
      value={field.value}
      options={options}
      onChange={field.onChange}
    />
  );
}

/** People, groups, or what has owners. */
export function EntitiesInput(props: {
  control: Control<SendForm>;
  name: 'targets' | 'exclusions';
  label: string;
  hint: string;
  chosenLabel: string;
}) {
  const { control, name, ...words } = props;
  const { field, fieldState } = useController({ control, name });
  return (
    <EntityPicker
      {...words}
      refs={field.value}
      problem={fieldState.error?.message}
      onChange={field.onChange}
    />
  );
}

type CalendarValue = ComponentProps<typeof DatePicker>['value'];

/** A moment by the person's own clock, to the minute. */
export function MomentInput(props: {
  control: Control<SendForm>;
  name: 'expiresAt' | 'sendAt';
  label: string;
  hint: string;
}) {
  const { control, name, label, hint } = props;
  const { field, fieldState } = useController({ control, name });
  const [shown, setShown] = useState<CalendarValue>(null);
  const problem = fieldState.error?.message;
  return (
    <div className={styles.field}>
      <DatePicker
        label={label}
        description={hint}
        granularity="minute"
        hideTimeZone
        // A form that was cleared shows nothing, whatever was chosen before.
        value={field.value === undefined ? null : shown}
        isInvalid={problem !== undefined}
        validationBehavior="aria"
        onBlur={field.onBlur}
        onChange={value => {
          setShown(value);
          const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
          field.onChange(value?.toDate(timeZone));
        }}
      />
      <FieldProblem text={problem} />
    </div>
  );
}
