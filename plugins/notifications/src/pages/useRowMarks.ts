import type { InboxView } from './inboxView';
import { useMarkRead } from './useMarkRead';
import { useMarks } from './useMarks';

/** All that marks rows, as one. */
export function useRowMarks(view: InboxView) {
  const reading = useMarkRead();
  const marks = useMarks(view);
  return {
    setRead: reading.mark,
    setSaved: marks.setSaved,
    setArchived: marks.setArchived,
    isMarking: reading.isMarking || marks.isMarking,
    failure: reading.failure ?? marks.failure,
    dismissFailure: () => {
      reading.dismissFailure();
      marks.dismissFailure();
    },
    departure: marks.departure,
    dismissDeparture: marks.dismissDeparture,
    undo: (departure: NonNullable<typeof marks.departure>) =>
      void marks.undo(departure),
  };
}

export type RowMarks = ReturnType<typeof useRowMarks>;
