import { SnapshotStore } from '../notion/SnapshotStore';
import { Solution } from '../publishing/Solution';
import { ManualsStore } from './ManualsStore';

/**
 * Forgets what is stored of solutions that are not configured any more and were not touched since: trees, what was published, pages.
 * Nothing that the sites have is lost by it: a solution that comes back is read again.
 */
export async function forgetFormerSolutions(options: {
  manuals: Pick<ManualsStore, 'forgetOthers' | 'publishedPageIds'>;
  snapshots: Pick<SnapshotStore, 'eraseOutside' | 'dropPartsBefore'>;
  solutions: readonly Pick<Solution, 'name' | 'rootPageId'>[];
  before: Date;
}): Promise<void> {
  const { manuals, snapshots, solutions, before } = options;
  await manuals.forgetOthers(
    solutions.map(({ name }) => name),
    before,
  );
  await snapshots.eraseOutside(
    [
      ...solutions.map(({ rootPageId }) => rootPageId),
      // A page that was published by itself is not known to be below its root.
      ...(await manuals.publishedPageIds()),
    ],
    before,
  );
  await snapshots.dropPartsBefore(before);
}
