import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { LoadedPages } from '../api/loadedPages';
import { withChange } from './changedRows';
import type { InboxView } from './inboxView';
import { LIST_KEY } from './queryKeys';
import { useMarkRead } from './useMarkRead';
import { useMarks } from './useMarks';

/** All that marks rows, as one. */
export function useRowMarks(view: InboxView) {
  const queryClient = useQueryClient();
  const reading = useMarkRead();
  const marks = useMarks(view);
  const { mark } = reading;
  const setRead = useCallback(
    (ids: readonly string[], read: boolean): Promise<boolean> => {
      const saved = mark(ids, read);
      if (!read) {
        // What becomes unread leaves the archive: there nobody would look for it.
        queryClient.setQueriesData<LoadedPages>(
          { queryKey: LIST_KEY },
          loaded =>
            loaded &&
            withChange(loaded, item =>
              item.archived && ids.includes(item.id)
                ? { ...item, archived: false }
                : item,
            ),
        );
      }
      return saved;
    },
    [mark, queryClient],
  );
  return {
    setRead,
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
