import { useApi } from '@backstage/frontend-plugin-api';
import { isFinal } from '@herald/backstage-plugin-manual-publish-common';
import {
  EventStream,
  isWorthRetrying,
  pollDelay,
  type EventStreamState,
} from '@herald/frontend';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useState } from 'react';
import { isLastEvent, readJobEvent } from '../jobs/jobEvents';
import {
  nextJobView,
  UNKNOWN_JOB,
  type JobChange,
  type JobView,
  type LogLine,
} from '../jobs/jobView';
import { manualPublishApiRef } from './manualPublishApi';
import { jobKey } from './queryKeys';
import { useJobLog } from './useJobLog';

/** The first event of a job has the number 1: after this one comes all that ever happened, so that a page that is loaded again has the log. */
const BEFORE_ALL = '0';

export type FollowedJob = JobView & {
  /** Why nothing is known of it. */
  error: unknown;
  /** Why nothing new is known of it: there is no stream, and no answer either. */
  problem: unknown;
  stream: EventStreamState;
  /** What to make of a log without lines: it could not be read, there is none, or it is still to come. */
  emptyLog: 'missing' | 'none' | 'to-come';
  retry: () => void;
  /** Something that was done to the job has changed it. */
  take: (change: JobChange) => void;
};

/** A job as it is and becomes: by its stream, by asking now and then where that fails. Mount anew for another id. */
export function useJob(id: string): FollowedJob {
  const api = useApi(manualPublishApiRef);
  const [view, take] = useReducer(nextJobView, UNKNOWN_JOB);
  const [stream, setStream] = useState<EventStreamState>('connecting');
  const hasEnded = view.job !== undefined && isFinal(view.job.status);
  const isTold = stream === 'connected' || stream === 'ended';
  const isLive = isTold || hasEnded;

  const [spread] = useState(Math.random);
  const { data, error, refetch } = useQuery({
    queryKey: jobKey(id),
    queryFn: ({ signal }) => api.getJob(id, { signal }),
    // Each page asks anew: what was known before may be of another state.
    gcTime: 0,
    retry: (failures, reason) => failures < 2 && isWorthRetrying(reason),
    refetchInterval: ({ state }) =>
      isLive || (state.error && !isWorthRetrying(state.error))
        ? false
        : pollDelay(
            state.errorUpdateCount > 0 ? state.fetchFailureCount : 0,
            spread,
          ),
  });
  useEffect(() => {
    if (data) {
      take({ type: 'polled', job: data });
    }
  }, [data]);

  const onLines = useCallback(
    (lines: readonly LogLine[]) => take({ type: 'read', lines }),
    [],
  );
  const log = useJobLog(id, {
    after: view.log.at(-1)?.id ?? 0,
    isUntold: !isTold,
    hasEnded,
    onLines,
  });

  const [feed, setFeed] = useState<{ retry: () => void }>();
  useEffect(() => {
    const created = new EventStream({
      open: (lastEventId = BEFORE_ALL, signal) =>
        api.watchJob(id, { lastEventId, signal }),
      read: readJobEvent,
      isLast: isLastEvent,
      // Where nothing was missed, the first that comes back is a ping.
      timings: { firstByte: 60_000 },
      onEvent: (event, eventId) => take({ type: 'told', event, id: eventId }),
      onState: setStream,
    });
    created.start();
    setFeed(created);
    const lookAgain = () => created.retry();
    window.addEventListener('online', lookAgain);
    document.addEventListener('visibilitychange', lookAgain);
    return () => {
      created.stop();
      window.removeEventListener('online', lookAgain);
      document.removeEventListener('visibilitychange', lookAgain);
    };
  }, [api, id]);

  return {
    ...view,
    error: view.job ? undefined : error,
    problem: view.job && !isLive ? error : undefined,
    stream,
    emptyLog: emptyLog(
      log.isMissing,
      log.isWhole || (hasEnded && stream === 'ended'),
    ),
    retry: () => {
      void refetch();
      if (!isTold) void log.refetch();
      feed?.retry();
    },
    take,
  };
}

function emptyLog(isMissing: boolean, isWhole: boolean) {
  if (isMissing) return 'missing';
  return isWhole ? 'none' : 'to-come';
}
