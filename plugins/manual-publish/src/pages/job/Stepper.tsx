import { VisuallyHidden } from '@backstage/ui';
import {
  isFinal,
  type Job,
} from '@herald/backstage-plugin-manual-publish-common';
import {
  RiCheckboxCircleFill,
  RiCircleLine,
  RiCloseCircleFill,
  RiForbidFill,
  RiRecordCircleFill,
  RiSkipForwardLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import { useDuration, useT } from '../../components/useWords';
import { useSeconds } from '../../components/useSeconds';
import { jobSteps, type JobStep, type StepState } from '../../jobs/jobSteps';
import styles from './Job.module.css';

const MARKS: Record<StepState, RemixiconComponentType> = {
  done: RiCheckboxCircleFill,
  current: RiRecordCircleFill,
  waiting: RiCircleLine,
  failed: RiCloseCircleFill,
  cancelled: RiForbidFill,
  skipped: RiSkipForwardLine,
};

/** The way of a job, step by step, and how long each took. */
export function Stepper({ job }: { job: Job }) {
  const now = useSeconds(!isFinal(job.status));
  return (
    <ol className={styles.steps}>
      {jobSteps(job).map(step => (
        <Step key={step.name} step={step} now={now} />
      ))}
    </ol>
  );
}

function Step({ step, now }: { step: JobStep; now: number }) {
  const { name, state, ms, since } = step;
  const t = useT();
  const duration = useDuration();
  const Mark = MARKS[state];
  const took =
    since === undefined ? ms : ms + Math.max(now - Date.parse(since), 0);
  const isTimed = state !== 'waiting' && state !== 'skipped' && took > 0;
  return (
    <li
      className={styles.step}
      data-state={state}
      aria-current={state === 'current' ? 'step' : undefined}
    >
      <span className={styles.mark}>
        <Mark size={20} aria-hidden />
      </span>
      <span className={styles.name}>
        {t(`status.${name}`)}{' '}
        <VisuallyHidden>{t(`job.stepState.${state}`)}</VisuallyHidden>
      </span>
      {isTimed && <span className={styles.took}>{duration(took)}</span>}
    </li>
  );
}
