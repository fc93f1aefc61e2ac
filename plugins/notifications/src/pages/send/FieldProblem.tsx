import { RiErrorWarningLine } from '@remixicon/react';
import styles from './Send.module.css';

/** What is wrong with a field, below it. */
export function FieldProblem(props: { id?: string; text: string | undefined }) {
  return props.text === undefined ? null : (
    <p id={props.id} className={styles.problem} role="alert">
      <RiErrorWarningLine size={14} aria-hidden />
      {props.text}
    </p>
  );
}
