import type { JobState } from '@herald/backstage-plugin-manual-publish-common';
import {
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiEditCircleLine,
  RiErrorWarningLine,
  RiFlaskLine,
  RiForbidLine,
  RiLoader4Line,
  RiTimeLine,
  RiUploadCloudLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { ManualState } from '../manuals/manualTree';
import styles from './StatusBadge.module.css';
import { useT } from './useWords';

type Look = {
  icon: RemixiconComponentType;
  tone: 'good' | 'bad' | 'attention' | 'busy' | 'calm';
};

function Badge({ look, text }: { look: Look; text: string }) {
  const { icon: Icon, tone } = look;
  return (
    <span className={styles.badge} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {text}
    </span>
  );
}

function jobLook(status: JobState): Look {
  switch (status) {
    case 'QUEUED':
      return { icon: RiTimeLine, tone: 'calm' };
    case 'COMPLETED':
      return { icon: RiCheckboxCircleLine, tone: 'good' };
    case 'FAILED':
      return { icon: RiCloseCircleLine, tone: 'bad' };
    case 'CANCELLED':
      return { icon: RiForbidLine, tone: 'calm' };
    default:
      return { icon: RiLoader4Line, tone: 'busy' };
  }
}

/** What a job is at, by shape and in words. */
export function JobBadge({ status }: { status: JobState }) {
  const t = useT();
  return <Badge look={jobLook(status)} text={t(`status.${status}`)} />;
}

export function DryRunBadge() {
  return (
    <Badge
      look={{ icon: RiFlaskLine, tone: 'calm' }}
      text={useT()('jobs.dryRun')}
    />
  );
}

export function WarningsBadge({ count }: { count: number }) {
  const t = useT();
  return count === 0 ? null : (
    <Badge
      look={{ icon: RiErrorWarningLine, tone: 'attention' }}
      text={t('jobs.warnings', { count })}
    />
  );
}

const MANUAL_LOOKS: Record<ManualState, Look> = {
  published: { icon: RiCheckboxCircleLine, tone: 'good' },
  changed: { icon: RiEditCircleLine, tone: 'attention' },
  never: { icon: RiUploadCloudLine, tone: 'calm' },
};

/** Whether readers have a page as it is in Notion. */
export function ManualBadge({ state }: { state: ManualState }) {
  const t = useT();
  return (
    <Badge look={MANUAL_LOOKS[state]} text={t(`manuals.state.${state}`)} />
  );
}

/** How many pages below a folder publishing would change. */
export function ChangesBelowBadge({ count }: { count: number }) {
  const t = useT();
  return count === 0 ? null : (
    <Badge look={MANUAL_LOOKS.changed} text={t('manuals.below', { count })} />
  );
}
