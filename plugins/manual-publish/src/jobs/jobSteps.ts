import {
  isFinal,
  type Job,
  type JobState,
} from '@herald/backstage-plugin-manual-publish-common';

/** A step as people see it: whether a repository is cloned or pulled is known only once it is. */
export type StepName = Exclude<JobState, 'FAILED' | 'CANCELLED'> | 'REPOSITORY';

export type StepState =
  | 'done'
  | 'current'
  | 'waiting'
  | 'failed'
  | 'cancelled'
  | 'skipped';

export type JobStep = {
  name: StepName;
  state: StepState;
  /** How long it took; of the current one, until it was entered. */
  ms: number;
  /** When it was entered, where it is under way. */
  since: string | undefined;
};

const PLACES: readonly (readonly [StepName, ...StepName[]])[] = [
  ['QUEUED'],
  ['STARTED'],
  ['CHECKING_REPO'],
  ['REPOSITORY', 'CLONING', 'PULLING'],
  ['EXPORTING'],
  ['EXPORT_COMMIT'],
  ['TRANSLATING'],
  ['TRANSLATION_COMMIT'],
  ['PUSHING'],
  ['COMPLETED'],
];

/** What a dry run does not do. */
const WRITING: readonly StepName[] = [
  'EXPORT_COMMIT',
  'TRANSLATING',
  'TRANSLATION_COMMIT',
  'PUSHING',
];

/** The way of a job: what it did, what it is at, what is to come. A step that was begun again is shown once. */
export function jobSteps(
  job: Pick<Job, 'steps' | 'status' | 'dry_run'>,
): JobStep[] {
  const visited = job.steps.filter(
    ({ status }) => status !== 'FAILED' && status !== 'CANCELLED',
  );
  const lastStatus = visited.at(-1)?.status ?? 'QUEUED';
  const lastPlace = PLACES.findIndex(names => includes(names, lastStatus));
  return PLACES.flatMap((names, place): JobStep[] => {
    const visits = visited.filter(({ status }) => includes(names, status));
    const last = visits.at(-1);
    const isLeftOut =
      (job.dry_run && WRITING.includes(names[0])) ||
      // Most jobs wait for nobody.
      (names[0] === 'QUEUED' && lastPlace > 0);
    if (!last && isLeftOut) {
      return [];
    }
    const state = stateOf(job.status, place, lastPlace, last !== undefined);
    return [
      {
        name: names.find(name => name === last?.status) ?? names[0],
        state,
        ms: visits.reduce((sum, { ms }) => sum + (ms ?? 0), 0),
        since: state === 'current' ? last?.at : undefined,
      },
    ];
  });
}

function includes(names: readonly StepName[], status: JobState): boolean {
  return names.some(name => name === status);
}

function stateOf(
  status: JobState,
  place: number,
  lastPlace: number,
  wasVisited: boolean,
): StepState {
  if (status === 'COMPLETED') {
    return wasVisited || place === PLACES.length - 1 ? 'done' : 'skipped';
  }
  if (place < lastPlace) {
    return wasVisited ? 'done' : 'skipped';
  }
  if (place > lastPlace) {
    return 'waiting';
  }
  switch (status) {
    case 'FAILED':
      return 'failed';
    case 'CANCELLED':
      return 'cancelled';
    default:
      return 'current';
  }
}

/** From where to where, of a hundred, a state brings a job. */
const SHARES: Record<JobState, readonly [number, number]> = {
  QUEUED: [0, 0],
  STARTED: [0, 1],
  CHECKING_REPO: [1, 2],
  CLONING: [2, 6],
  PULLING: [2, 6],
  EXPORTING: [6, 45],
  EXPORT_COMMIT: [45, 48],
  TRANSLATING: [48, 92],
  TRANSLATION_COMMIT: [92, 95],
  PUSHING: [95, 99],
  COMPLETED: [100, 100],
  FAILED: [100, 100],
  CANCELLED: [100, 100],
};

/** How far a job is, of a hundred. */
export function jobPercent({
  status,
  progress,
}: Pick<Job, 'status' | 'progress'>): number {
  const [from, to] = SHARES[status];
  if (isFinal(status)) {
    return to;
  }
  const { pages, languages } = progress;
  const all = (one: { done: number; total: number }[]) => {
    const total = one.reduce((sum, count) => sum + count.total, 0);
    const done = one.reduce((sum, count) => sum + count.done, 0);
    return total === 0 ? 0 : Math.min(done / total, 1);
  };
  const within: Partial<Record<JobState, number>> = {
    EXPORTING: all([pages]),
    TRANSLATING: all(languages),
  };
  return Math.round(from + (to - from) * (within[status] ?? 0));
}
